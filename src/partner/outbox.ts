import type { OutboxLine } from '../model/outbox.ts'
import { isObject } from './event-form.ts'
import type { SentMail } from './forward/sent-mail.ts'
import type { IncomingEvent } from './incoming-event.ts'
import type { PartnerRequest } from './partner-request.ts'

/** What a receiver sends to the outside: a welcome to whoever identifies with an e-mail address, a confirmation of each order. */
export class Outbox {
  readonly #sent: { readonly account: string; readonly line: OutboxLine }[] = []
  readonly #onSent: (mail: SentMail) => void

  constructor(onSent: (mail: SentMail) => void = () => {}) {
    this.#onSent = onSent
  }

  /** Sends what the event calls for, if it calls for anything. */
  send({ account, receivedAtMs }: PartnerRequest, { messageId, type, userId, json }: IncomingEvent): void {
    const to = recipientOf(type, json, userId)
    if (to === undefined) return
    this.#sent.push({ account, line: { messageId, ...(userId !== null && { userId }), to } })
    this.#onSent({ to, messageId, type, userId, json, receivedAtMs })
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
function recipientOf(
  type: string,
  { traits, context }: IncomingEvent['json'],
  userId: string | null,
): string | undefined {
  const known = type === 'identify' ? traits : isObject(context) ? context.traits : undefined
  if (isObject(known) && typeof known.email === 'string') return known.email
  return type === 'identify' ? undefined : (userId ?? undefined)
}

const ORDER = 'Order Completed'
