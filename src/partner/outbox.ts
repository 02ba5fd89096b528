import type { OutboxLine } from '../model/outbox.ts'
import { isObject } from './event-form.ts'
import type { SentMail } from './forward/sent-mail.ts'
import { type IncomingEvent, partOf } from './incoming-event.ts'
import type { PartnerRequest } from './partner-request.ts'

/** What a receiver sends to the outside: a welcome to whoever identifies with an e-mail address, a confirmation of each order. */
export class Outbox {
  readonly #sent: { readonly account: string; readonly line: OutboxLine }[] = []
  readonly #onSent: ((mail: SentMail) => void) | undefined

  constructor(onSent?: (mail: SentMail) => void) {
    this.#onSent = onSent
  }

  /** Sends what the event calls for, if it calls for anything. */
  send({ account, receivedAtMs }: PartnerRequest, event: IncomingEvent): void {
    const to = recipientOf(event)
    if (to === undefined) return
    const { messageId, type, userId } = event
    this.#sent.push({ account, line: { messageId, ...(userId !== null && { userId }), to } })
    this.#onSent?.({ to, messageId, type, userId, json: event.json, receivedAtMs })
  }

  /** All that was sent since the receiver came up, of one account or of all, page by page. */
  *pages(account?: string): Generator<readonly OutboxLine[], void, undefined> {
    for (let at = 0; at < this.#sent.length; at += PAGE_LINES) {
      const page = this.#sent.slice(at, at + PAGE_LINES)
      yield page.filter((sent) => account === undefined || sent.account === account).map(({ line }) => line)
    }
  }
}

const PAGE_LINES = 200

/** Whether something may be sent out for it, told without parsing it. */
export function callsForMail({ type, event }: IncomingEvent): boolean {
  return type === 'identify' || event === ORDER
}

/** Whom to write to: an e-mail address; of an order without one, its user. */
function recipientOf(event: IncomingEvent): string | undefined {
  const isIdentify = event.type === 'identify'
  const known = isIdentify ? partOf(event, 'traits') : knownOf(partOf(event, 'context'))
  if (isObject(known) && typeof known.email === 'string') return known.email
  return isIdentify ? undefined : (event.userId ?? undefined)
}

function knownOf(context: unknown): unknown {
  return isObject(context) ? context.traits : undefined
}

const ORDER = 'Order Completed'
