import { STREAM_LIMITS } from '../../model/stream.ts'
import type { Behaviour } from '../faults/behaviour.ts'
import type { Handling } from '../faults/fault.ts'
import type { NewRecord } from '../store.ts'
import { textDigest } from '../text-digest.ts'
import type { Visit } from '../visit.ts'
import { isSurelySmall, isTooLarge } from './event-size.ts'
import type { IngestCode } from './ingest-code.ts'
import type { PostedEvent } from './posted-event.ts'
import type { KeyStanding } from './sources.ts'
import { StreamTally } from './stream-counts.ts'
import type { StreamStore } from './stream-store.ts'
import type { WatchedEvent } from './watched-event.ts'

/** The events of one request that was accepted. */
export interface Accepted {
  readonly events: readonly PostedEvent[]
  readonly standing: KeyStanding
  /** One for each event, where faults want to see them. */
  readonly visits: readonly Visit[]
  /** The receiver's clock, epoch milliseconds. */
  readonly atMs: number
}

export type Watch = (event: WatchedEvent) => void

/** What happens behind an answer of 200: each event is stamped and stored, or discarded, and its sender hears of neither. */
export class StreamIngest {
  readonly tally: StreamTally = new StreamTally()
  readonly #store: StreamStore
  readonly #behaviour: Behaviour
  readonly #watch: Watch | undefined
  #assigned = 0

  constructor(store: StreamStore, behaviour: Behaviour, watch: Watch | undefined) {
    this.#store = store
    this.#behaviour = behaviour
    this.#watch = watch
  }

  take({ events, standing, visits, atMs }: Accepted): Handling {
    const { source } = standing
    const refusal = standing.refusal ?? (events.length > STREAM_LIMITS.eventsPerBatch ? 'batch-too-many' : undefined)
    if (events.length === 0) this.#discard(undefined, source, refusal ?? 'empty_batch', atMs)
    let handling: Handling = 'new'
    for (let i = 0; i < events.length; i++) {
      const event = events[i]!
      const code = refusal ?? event.code ?? this.#keep(event, source, visits[i], atMs)
      if (code === undefined) this.tally.stored++
      else this.#discard(event, source, code, atMs)
      this.#watch?.(new Watched(event, source, code, atMs))
      if (code === 'duplicate') handling = 'repeated'
    }
    return handling
  }

  /** @returns why it is not kept; undefined: it is */
  #keep(event: PostedEvent, source: string, visit: Visit | undefined, atMs: number): IngestCode | undefined {
    if (!this.#store.isReadable && visit === undefined && isSurelySmall(event.json)) return undefined
    const record = event.record(source, event.messageId || this.#newId(source, atMs))
    if (record === undefined) return 'bad_request'
    if (record.body.length > SHORT_UNITS && isTooLarge(event.text)) return 'event-too-large'
    const isNew = visit === undefined ? this.#store.add(record) : this.#addFaultily(record, event, visit)
    return isNew ? undefined : 'duplicate'
  }

  #addFaultily(record: NewRecord, event: PostedEvent, visit: Visit): boolean {
    let isNew = true
    for (const one of this.#behaviour.records(record, event, visit)) {
      if (!this.#behaviour.add(one, visit)) isNew = false
    }
    return isNew
  }

  #discard(event: PostedEvent | undefined, source: string, code: IngestCode, atMs: number): void {
    this.tally.discard(code)
    this.#store.discard({
      source,
      messageId: event?.messageId || null,
      type: event?.type || null,
      userId: event?.userId ?? null,
      event: event?.event ?? null,
      code,
      atMs,
    })
  }

  /** Without an id of its own an event that comes again is another one. */
  #newId(source: string, atMs: number): string {
    this.#assigned++
    return `api-${atMs.toString(36)}-${textDigest(`${source} ${atMs} ${this.#assigned}`)}`
  }
}

/** A stored event that is no longer was small when it came. */
const SHORT_UNITS = 8192

/** Most are told to nobody in the end, so this only holds on to what there is. */
class Watched implements WatchedEvent {
  readonly atMs: number
  readonly source: string
  readonly code: IngestCode | undefined
  readonly #event: PostedEvent

  constructor(event: PostedEvent, source: string, code: IngestCode | undefined, atMs: number) {
    this.#event = event
    this.source = source
    this.code = code
    this.atMs = atMs
  }

  get messageId(): string {
    return this.#event.messageId
  }

  get type(): string {
    return this.#event.type
  }

  get event(): string | null {
    return this.#event.event
  }

  get userId(): string | null {
    return this.#event.userId
  }

  get text(): string {
    return this.#event.text
  }
}
