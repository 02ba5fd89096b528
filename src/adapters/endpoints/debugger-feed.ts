import type { ServerResponse } from 'node:http'
import type { WatchedEvent } from '../../partner/stream/watched-event.ts'
import { EventSample, type KeptEvent } from './event-sample.ts'

/** What an event breaks, as the page shows it: plain data. */
export type EventLint = (text: string, call: string) => readonly unknown[]

export const WATCHERS_MAX = 8

const TELL_EVERY_MS = 100
/** A page hears how things stand after so many turns at least, and knows by that that it still hears. */
const QUIET_TURNS_MAX = 10
const EVENTS_PER_TURN_MAX = 50
const TURN_CHARS_MAX = 1024 * 1024
/** The largest event that may be sent has 32 KB; of what is larger the beginning is shown. */
const TEXT_CHARS_MAX = 64 * 1024

interface Watcher {
  readonly response: ServerResponse
  /** The number of the event to tell next. */
  next: number
  quietTurns: number
}

/**
 * Tells pages about events as server-sent events, ten times a second. Whoever reads too slowly is told nothing meanwhile, and afterwards how many events he
 * missed: the feed holds the same few hundred events however many watch and however slowly. Without watchers it counts, and hardly keeps anything.
 */
export class DebuggerFeed {
  readonly #sample = new EventSample()
  readonly #watchers = new Set<Watcher>()
  readonly #lint: EventLint
  readonly #everyMs: number
  /** Of the events that were told; each is made once for all watchers. */
  readonly #told = new WeakMap<KeptEvent, string>()
  #turns: NodeJS.Timeout | undefined

  /** @param everyMs how often they are told, at most */
  constructor(lint: EventLint, everyMs: number = TELL_EVERY_MS) {
    this.#lint = lint
    this.#everyMs = everyMs
  }

  take(event: WatchedEvent): void {
    this.#sample.take(event)
  }

  /** @param lastNumber the last event that the page has heard of; 0: it is new */
  watch(response: ServerResponse, lastNumber: number): void {
    response.writeHead(200, HEADERS)
    if (this.#watchers.size >= WATCHERS_MAX) {
      response.end('retry: 5000\nevent: full\ndata: {}\n\n')
      return
    }
    const next = lastNumber > 0 ? Math.min(lastNumber, this.#sample.counts().kept) + 1 : this.#sample.oldest()
    const watcher = { response, next, quietTurns: QUIET_TURNS_MAX }
    this.#watchers.add(watcher)
    response.on('close', () => this.#forget(watcher))
    response.write('retry: 1000\n')
    this.#sample.watch(true)
    this.#turns ??= setInterval(() => this.#tellAll(), this.#everyMs).unref()
    this.#tell(watcher)
  }

  close(): void {
    for (const { response } of this.#watchers) response.end()
  }

  #forget(watcher: Watcher): void {
    this.#watchers.delete(watcher)
    if (this.#watchers.size > 0) return
    clearInterval(this.#turns)
    this.#turns = undefined
    this.#sample.watch(false)
  }

  #tellAll(): void {
    for (const watcher of this.#watchers) if (!watcher.response.writableNeedDrain) this.#tell(watcher)
  }

  #tell(watcher: Watcher): void {
    const missed = Math.max(0, this.#sample.oldest() - watcher.next)
    watcher.next += missed
    const events = this.#eventsFor(watcher)
    if (missed === 0 && events.length === 0 && ++watcher.quietTurns < QUIET_TURNS_MAX) return
    watcher.quietTurns = 0
    const counts = JSON.stringify({ ...this.#sample.counts(), atMs: Date.now() })
    const data = `{"missed":${missed},"counts":${counts},"events":[${events.join(',')}]}`
    watcher.response.write(`id: ${watcher.next - 1}\nevent: told\ndata: ${data}\n\n`)
  }

  /** As many as fit into one turn; at least one where there is one. */
  #eventsFor(watcher: Watcher): string[] {
    const events: string[] = []
    for (let chars = 0; events.length < EVENTS_PER_TURN_MAX && chars < TURN_CHARS_MAX; watcher.next++) {
      const kept = this.#sample.at(watcher.next)
      if (kept === undefined) break
      const event = this.#jsonOf(kept)
      chars += event.length
      events.push(event)
    }
    return events
  }

  #jsonOf(kept: KeptEvent): string {
    let json = this.#told.get(kept)
    if (json === undefined) {
      json = JSON.stringify(this.#shown(kept))
      this.#told.set(kept, json)
    }
    return json
  }

  #shown({ number, event }: KeptEvent): object {
    const { atMs, source, messageId, type, event: name, userId, text, code } = event
    const beginning =
      text.length > TEXT_CHARS_MAX ? { text: text.slice(0, TEXT_CHARS_MAX), chars: text.length } : { text }
    return {
      number,
      atMs,
      source,
      messageId,
      type,
      name,
      userId,
      code,
      ...beginning,
      violations: this.#lint(text, type),
    }
  }
}

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
}
