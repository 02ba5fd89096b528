import { hashText, unit } from '../../model/hash.ts'
import { isoText } from '../../model/iso-instant.ts'
import type { Digest } from '../../model/world.ts'
import { isObject } from '../event-form.ts'
import type { SentMail } from './sent-mail.ts'

/** The tool that sends them, as its events name it. */
const INTEGRATION = { name: 'squall-mail', version: '1.0.0' }

/** How far people come with a mail, each step for a share of them that is within the share before. */
const STEPS: readonly Step[] = [
  { event: 'Email Delivered', share: 1, told: {}, properties: {} },
  { event: 'Email Opened', share: 0.5, told: reader(), properties: {} },
  {
    event: 'Email Link Clicked',
    share: 0.2,
    told: reader(),
    properties: { link_id: 'start', link_url: 'https://mail.example/start' },
  },
  {
    event: 'Unsubscribed',
    share: 0.05,
    told: reader(),
    properties: { list_id: 'welcome', list_name: 'Welcome mails' },
  },
]

interface Step {
  readonly event: string
  readonly share: number
  /** What the context says besides. */
  readonly told: Readonly<Record<string, string>>
  readonly properties: Readonly<Record<string, string>>
}

/** What a mail tells once it is read: from where, and with what. */
function reader(): Readonly<Record<string, string>> {
  return { ip: '192.0.2.25', user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Thunderbird/145.0' }
}

/**
 * What a mail to somebody who was identified leads to, as events for the HTTP Tracking API in JSON: `Email Delivered`, and for some of them `Email Opened`,
 * `Email Link Clicked` and `Unsubscribed`. Their ids hang on the identify's alone, so they are the same whenever it comes; they carry its userId, and in
 * `context.squall.answers` which it was and when it came. None for any other mail, for whoever has no userId, and for an identify of this tool's own.
 * @param seed with the identify's id it decides how far somebody comes
 */
export function mailEventsOf(mail: SentMail, seed: number, digest: Digest): readonly string[] {
  const { messageId, type, userId } = mail
  const told = isObject(mail.json.context) ? mail.json.context : {}
  if (type !== 'identify' || userId === null || mail.to === '' || isOwn(told)) return []
  const draw = unit(seed, hashText(0, messageId))
  const mails = new MailEvents(mail, told, digest)
  return STEPS.filter(({ share }) => draw < share).map((step, place) => mails.text(step, place))
}

/** An event that came from here must not go round in a circle. */
function isOwn({ integration }: Readonly<Record<string, unknown>>): boolean {
  return isObject(integration) && integration.name === INTEGRATION.name
}

/** The events of one mail. */
class MailEvents {
  readonly #mail: SentMail
  readonly #marks: Readonly<Record<string, unknown>>
  readonly #digest: Digest

  constructor(mail: SentMail, told: Readonly<Record<string, unknown>>, digest: Digest) {
    this.#mail = mail
    this.#marks = marksIn(told)
    this.#digest = digest
  }

  /** @param place keeps a mail's events in order: each a millisecond after the one before */
  text({ event, told, properties }: Step, place: number): string {
    const { to, messageId, userId, receivedAtMs } = this.#mail
    const answers = { messageId, receivedAt: isoText(receivedAtMs) }
    return JSON.stringify({
      context: {
        integration: INTEGRATION,
        ...told,
        squall: { ...this.#marks, answers },
        squallMailId: `reader-${this.#idOf(to)}`,
        traits: { email: to },
      },
      event,
      messageId: `squall-mail-${this.#idOf(`${event} ${messageId}`)}`,
      properties: { ...CAMPAIGN, email_id: `mail-${this.#idOf(messageId)}`, ...properties },
      timestamp: isoText(receivedAtMs + place),
      type: 'track',
      userId,
    })
  }

  #idOf(text: string): string {
    return this.#digest.sha256(text).slice(0, 32)
  }
}

/** Whose the identify is, if it is a run's; and made up are its answers in any case. */
function marksIn({ squall }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const isMarked = isObject(squall) && typeof squall.run === 'string'
  return { ...(isMarked && { run: squall.run }), synthetic: true }
}

const CAMPAIGN = { campaign_id: 'welcome-1', campaign_name: 'Welcome', email_subject: 'Welcome aboard' }
