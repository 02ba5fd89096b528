import type { DiscardLine, DiscardSource } from '../model/discards.ts'
import type { Receipt, ReceiptSource } from '../model/receipt.ts'
import type { Clock } from '../model/world.ts'
import type { Answer } from '../partner/answer.ts'
import { MemoryStreamStore } from '../partner/stream/memory-stream-store.ts'
import { Sources } from '../partner/stream/sources.ts'
import { StreamApi } from '../partner/stream/stream-api.ts'
import { parseStreamFault } from '../partner/stream/stream-faults.ts'
import { SIMULATED_KEYS } from './simulated-keys.ts'
import type { ArrivedRequest, SimulatedReceiver } from './simulated-receiver.ts'

export interface SimulatedApiOptions {
  readonly clock: Clock
  /** As `parseStreamFault` reads them. */
  readonly faults: readonly string[]
  readonly seed: number
  /** At this moment of the clock it is killed and comes up again at once, with its store and without its memory. */
  readonly crashAtMs?: number
}

const DAY_MS = 86_400_000
const LOCATION = 'simulated API'

/** The embedded HTTP Tracking API in virtual time, with one source and a store in memory that outlives its crashes. */
export class SimulatedApi implements SimulatedReceiver {
  readonly receipts: ReceiptSource
  readonly discards: DiscardSource
  readonly #options: SimulatedApiOptions
  readonly #store = new MemoryStreamStore(DAY_MS)
  #api: StreamApi
  #lives = 1

  /** @throws FaultError for a fault that makes no sense */
  constructor(options: SimulatedApiOptions) {
    this.#options = options
    this.#api = this.#born()
    this.receipts = { kind: 'http', location: LOCATION, read: () => this.#read() }
    this.discards = { kind: 'http', location: LOCATION, read: () => this.#readDiscards() }
    if (options.crashAtMs !== undefined) options.clock.at(options.crashAtMs, () => this.#crash())
  }

  get lives(): number {
    return this.#lives
  }

  receive({ method, path, basicUser, body, receivedAtMs }: ArrivedRequest): Answer {
    return this.#api.receive({ method, path, writeKey: basicUser, body, receivedAtMs })
  }

  #crash(): void {
    this.#lives++
    this.#api = this.#born()
  }

  #born(): StreamApi {
    const { clock, faults, seed } = this.#options
    const life = this.#lives
    const key = { key: SIMULATED_KEYS.writeKey, source: 'rehearsal', region: 'us' } as const
    return new StreamApi({
      store: this.#store,
      sources: new Sources('us', [key], () => 'rehearsal'),
      faults: faults.map(parseStreamFault),
      seed,
      later: (delayMs, task) => {
        clock.at(clock.nowMs() + delayMs, () => {
          if (this.#lives === life) task()
        })
      },
    })
  }

  async *#read(): AsyncGenerator<readonly Receipt[], void, undefined> {
    yield* this.#api.receipts(this.#options.clock.wallMs(), undefined)
  }

  async *#readDiscards(): AsyncGenerator<readonly DiscardLine[], void, undefined> {
    for (const page of this.#api.discards(undefined)) yield page.map((line) => ({ ...(line as DiscardLine), count: 1 }))
  }
}
