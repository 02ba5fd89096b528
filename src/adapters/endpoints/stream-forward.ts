import { createHistogram } from 'node:perf_hooks'
import type { ForwardAccount } from '../../partner/forward/forward-account.ts'
import { Forwarder } from '../../partner/forward/forwarder.ts'
import { mailEventsOf } from '../../partner/forward/mail-events.ts'
import type { SentMail } from '../../partner/forward/sent-mail.ts'
import { passageTo } from '../safety/passage.ts'
import { readSecret } from '../secret.ts'
import { systemClock, systemDigest } from '../system-world.ts'
import { TargetInvalid } from '../target.ts'
import { UndiciTransport } from '../undici-transport.ts'

/** Where the events go that an embedded partner sends back. */
export interface StreamForwardOptions {
  /** Where the HTTP Tracking API is; /v1/batch follows. */
  readonly stream: string
  /** Where the source's write key stands, `env:NAME` or `file:PATH`. */
  readonly writeKey: string
  /** The host, typed by whoever says that it is theirs. */
  readonly consent?: string | undefined
  /** With an identify's id it decides how far somebody comes. */
  readonly seed: number
}

/** What came of it so far. Times are from the identify's arrival to the event's acceptance; null: too few to say. */
export interface ForwardReport extends ForwardAccount {
  /** Mails that led to events. */
  readonly answered: number
  readonly roundTripMs: { readonly p50: number | null; readonly p99: number | null; readonly max: number | null }
}

const DRAIN_MS_MAX = 10_000
/** What a consent that nothing proves allows. */
const CONSENT_MS = 600_000
const CONNECTIONS = 8

/**
 * Sends back to Segment what the mails of an embedded partner lead to.
 * @throws TargetInvalid, TargetRefused for a place that may not be sent to, SecretMissing for the write key
 */
export async function openStreamForward(options: StreamForwardOptions): Promise<StreamForward> {
  const url = batchUrl(options.stream)
  const authorization = `Basic ${Buffer.from(`${readSecret('--write-key', options.writeKey)}:`).toString('base64')}`
  const { lookup, capped } = await passageTo(url, { consent: options.consent })
  const transport = new UndiciTransport(url.href, { connections: CONNECTIONS, connectionsMax: CONNECTIONS, lookup })
  const forward = new StreamForward(transport, authorization, options.seed)
  if (capped) setTimeout(() => void forward.end(0), CONSENT_MS).unref()
  return forward
}

/** @throws TargetInvalid */
function batchUrl(stream: string): URL {
  const url = URL.canParse(stream) ? new URL(stream) : undefined
  const isPlain = url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
  if (!isPlain) throw new TargetInvalid('--stream: write an http or https URL, such as http://127.0.0.1:8081')
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/v1/batch`
  return url
}

export class StreamForward {
  readonly #forwarder: Forwarder
  readonly #transport: UndiciTransport
  readonly #seed: number
  readonly #tookUs = createHistogram({ figures: 3 })
  #answered = 0

  constructor(transport: UndiciTransport, authorization: string, seed: number) {
    this.#transport = transport
    this.#seed = seed
    this.#forwarder = new Forwarder({
      clock: systemClock,
      transport,
      authorization,
      seed,
      onAccepted: (tookMs) => this.#tookUs.record(Math.max(1, Math.round(tookMs * 1000))),
    })
  }

  /** Takes up what the mail leads to; sends it later. */
  answer(mail: SentMail): void {
    const events = mailEventsOf(mail, this.#seed, systemDigest)
    if (events.length > 0) this.#answered++
    for (const event of events) this.#forwarder.take(Buffer.from(event))
  }

  get report(): ForwardReport {
    const { count, max } = this.#tookUs
    const some = count > 0
    return {
      answered: this.#answered,
      ...this.#forwarder.account,
      roundTripMs: { p50: this.#percentileMs(50), p99: this.#percentileMs(99), max: some ? max / 1000 : null },
    }
  }

  /** Sends what waits, for ten seconds at most. */
  async end(withinMs: number = DRAIN_MS_MAX): Promise<void> {
    await this.#forwarder.close(withinMs)
    await this.#transport.close()
  }

  /** Null where fewer than ten lie beyond it. */
  #percentileMs(percent: number): number | null {
    const beyond = (this.#tookUs.count * (100 - percent)) / 100
    return beyond < 10 ? null : this.#tookUs.percentile(percent) / 1000
  }
}
