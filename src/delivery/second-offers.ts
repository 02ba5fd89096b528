import type { Delivery } from '../model/delivery.ts'
import { unit } from '../model/hash.ts'
import type { Observation } from '../model/observation.ts'
import type { Outcome } from '../model/outcome.ts'
import { isRefusedPhase, type Plan } from '../model/plan.ts'
import type { Recorder } from '../model/recorder.ts'
import type { StopSignal } from '../model/stop-signal.ts'
import type { Clock, OutgoingRequest, Transport } from '../model/world.ts'
import { meaningOf } from './retry-policy.ts'

const OFFERS_MAX = 100
/** How long the target is left alone first, and between two offers. */
const REST_MS = 1000
const GAP_MS = 50
/** Against a slow target there are fewer offers, not a longer run. */
const BEGIN_WITHIN_MS = 15_000
const DRAW = 0x2b0f

/** A delivery that a 4xx has ended. */
type Refusal = Delivery & { readonly status: number }

/** Keeps a fair draw of the deliveries that a 4xx ended although they were to be taken, while what is recorded of them passes on its way to the ledger. */
export class Refusals implements Recorder {
  readonly #recorder: Recorder
  readonly #plan: Plan
  readonly #kept: Refusal[] = []
  #met = 0

  constructor(recorder: Recorder, plan: Plan) {
    this.#recorder = recorder
    this.#plan = plan
  }

  get kept(): readonly Refusal[] {
    return this.#kept
  }

  record(o: Observation): void {
    this.#recorder.record(o)
    if (o.kind !== 'attempt' || o.next !== 'rejected' || o.class !== '4xx') return
    if (isRefusedPhase(this.#plan, o.phase)) return
    this.#met++
    const place =
      this.#met <= OFFERS_MAX ? this.#met - 1 : Math.floor(unit(this.#plan.seed, DRAW, this.#met) * this.#met)
    if (place < OFFERS_MAX) this.#kept[place] = o
  }

  flush(): void {
    this.#recorder.flush()
  }
}

export interface SecondOffers {
  readonly refusals: readonly Refusal[]
  readonly requestOf: (delivery: Delivery) => OutgoingRequest
  readonly clock: Clock
  readonly transport: Transport
  readonly recorder: Recorder
  readonly plan: Plan
  /** The clock's time at moment 0 of the run. */
  readonly originMs: number
  readonly stop: StopSignal
  readonly abort: StopSignal
}

/** Offers what a 4xx ended once more, one after the other, when the pressure is over. What is under way at an abort stays without a record. */
export async function offerAgain(setup: SecondOffers): Promise<void> {
  const { refusals, clock, stop, abort } = setup
  if (refusals.length === 0) return
  const beginUntilMs = clock.nowMs() + BEGIN_WITHIN_MS
  await rest(setup, REST_MS)
  for (const refusal of refusals) {
    if (stop.aborted) return stopped(setup)
    if (abort.aborted || clock.nowMs() > beginUntilMs) return
    const outcome = await outcomeOf(setup, refusal)
    if (outcome !== undefined) put(setup, refusal, outcome)
    await rest(setup, GAP_MS)
  }
}

function stopped({ recorder, clock, originMs, stop }: SecondOffers): void {
  recorder.record({ kind: 'mark', atMs: clock.nowMs() - originMs, mark: 'stopped', text: String(stop.reason) })
}

function put({ recorder, clock, originMs, plan }: SecondOffers, refusal: Refusal, outcome: Outcome): void {
  const { lane, seq, status: firstStatus } = refusal
  const { class: outcomeClass, status } = outcome
  const meaning = meaningOf(plan.retry, outcome)
  const atMs = clock.nowMs() - originMs
  recorder.record({ kind: 'second-offer', atMs, lane, seq, firstStatus, class: outcomeClass, status, meaning })
}

/** Undefined: the run was aborted meanwhile. */
function outcomeOf(setup: SecondOffers, refusal: Refusal): Promise<Outcome | undefined> {
  const { clock, transport, plan, abort } = setup
  return new Promise((resolve) => {
    const end = (outcome: Outcome | undefined): void => {
      deadline.cancel()
      abort.removeEventListener('abort', giveUp)
      resolve(outcome)
    }
    const giveUp = (): void => {
      attempt.abort()
      end(undefined)
    }
    const attempt = transport.send(setup.requestOf(refusal), end)
    const deadline = clock.at(clock.nowMs() + plan.delivery.timeoutMs, () =>
      end({ ...attempt.abort(), class: 'timeout' }),
    )
    abort.addEventListener('abort', giveUp, { once: true })
  })
}

function rest({ clock }: SecondOffers, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.at(clock.nowMs() + ms, resolve)
  })
}
