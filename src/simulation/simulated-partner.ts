import type { OutboxLine, OutboxSource } from '../model/outbox.ts'
import { PageOverlap } from '../model/page-overlap.ts'
import type { Receipt, ReceiptSource } from '../model/receipt.ts'
import type { StateLine, StateSource } from '../model/state.ts'
import type { Clock } from '../model/world.ts'
import type { Answer } from '../partner/answer.ts'
import { parseFault } from '../partner/faults/parse-fault.ts'
import type { Keyring } from '../partner/keyring.ts'
import { MemoryStore } from '../partner/memory-store.ts'
import { Partner } from '../partner/partner.ts'
import type { PartnerRequest } from '../partner/partner-request.ts'
import type { Sign } from '../partner/signature.ts'
import type { Store, StoredRecord } from '../partner/store.ts'
import type { UserState } from '../partner/user-states.ts'
import { recordReceipt } from './record-receipt.ts'

export interface SimulatedPartnerOptions {
  readonly clock: Clock
  /** As `parseFault` reads them. */
  readonly faults?: readonly string[]
  readonly seed: number
  /** Makes the signature that each request must carry; without it signatures are not looked at. */
  readonly sign?: Sign | undefined
  /** It sends nothing out: nobody will ask. */
  readonly silent?: boolean
  /** Which keys are good; without it everybody may send. */
  readonly keyring?: Keyring | undefined
  /** At this moment of the clock it is killed and comes up again at once, with its store and without its memory. */
  readonly crashAtMs?: number
  /** What its receipts call its customers, by their accounts. */
  readonly customers?: ReadonlyMap<string, string>
}

/** The embedded partner in virtual time, with a store in memory that outlives its crashes. */
export class SimulatedPartner {
  readonly receipts: ReceiptSource
  readonly state: StateSource
  readonly outbox: OutboxSource
  readonly #options: SimulatedPartnerOptions
  readonly #store: Store = new MemoryStore()
  #partner: Partner
  #lives = 1

  /** @throws FaultError for a fault that makes no sense */
  constructor(options: SimulatedPartnerOptions) {
    this.#options = options
    this.#partner = this.#born()
    this.receipts = { kind: 'http', location: 'simulated partner', read: () => this.#read() }
    this.state = { kind: 'http', location: 'simulated partner', read: () => this.#readStates() }
    this.outbox = { kind: 'http', location: 'simulated partner', read: () => this.#readOutbox() }
    if (options.crashAtMs !== undefined) options.clock.at(options.crashAtMs, () => this.crash())
  }

  /** How often it has come up: answers of an earlier life are never given. */
  get lives(): number {
    return this.#lives
  }

  receive(request: PartnerRequest): Answer {
    return this.#partner.receive(request)
  }

  *states(): Generator<UserState, void, undefined> {
    for (const page of this.#partner.states(this.#options.clock.wallMs())) yield* page
  }

  /** Dies at once, whatever it holds back, and comes up again. */
  crash(): void {
    this.#lives++
    this.#partner = this.#born()
  }

  #born(): Partner {
    const { clock, faults = [], seed, sign, silent = false, keyring } = this.#options
    const life = this.#lives
    return new Partner({
      store: this.#store,
      faults: faults.map(parseFault),
      seed,
      sign,
      silent,
      keyring,
      later: (delayMs, task) => {
        clock.at(clock.nowMs() + delayMs, () => {
          if (this.#lives === life) task()
        })
      },
    })
  }

  async *#readStates(): AsyncGenerator<readonly StateLine[], void, undefined> {
    yield* this.#partner.states(this.#options.clock.wallMs())
  }

  async *#readOutbox(): AsyncGenerator<readonly OutboxLine[], void, undefined> {
    yield* this.#partner.outbox(this.#options.clock.wallMs())
  }

  async *#read(): AsyncGenerator<readonly Receipt[], void, undefined> {
    const { customers = NONE } = this.#options
    const understood = (record: StoredRecord): Readonly<Record<string, unknown>> => this.#partner.understood(record)
    for (const page of this.#pages()) yield page.map((record) => recordReceipt(record, customers, understood))
  }

  /** All records; of pages that overlap, what who reads them makes of them. */
  *#pages(): Generator<readonly StoredRecord[], void, undefined> {
    const nowMs = this.#options.clock.wallMs()
    const first = this.#partner.page(0, nowMs)
    if (first === undefined) return yield* this.#partner.records(nowMs)
    const overlap = new PageOverlap()
    for (let page = first; ; page = this.#partner.page(page.nextAfter, nowMs)!) {
      yield overlap.fresh(page.records, (record) => JSON.stringify(this.#partner.told(record)))
      if (page.nextAfter === null) return
    }
  }
}

const NONE: ReadonlyMap<string, string> = new Map()
