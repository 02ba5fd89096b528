import { scheduleOf } from '../../generators/schedule/schedule.ts'
import { type Play, play } from '../../src/delivery/play.ts'
import type { PumpEnd } from '../../src/delivery/pump.ts'
import type { AttemptObservation, Observation } from '../../src/model/observation.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import type { Plan } from '../../src/model/plan.ts'
import type { Recorder } from '../../src/model/recorder.ts'
import type { ConnectionStats, Transport } from '../../src/model/world.ts'
import { VirtualClock } from '../../src/simulation/virtual-clock.ts'
import { nodeDigest } from './audit-case.ts'
import { testHeader, testPlan } from './plans.ts'

/** What the far side does with the nth request: answers after so long, or never. */
export type FarSide = (nth: number, atMs: number) => { readonly afterMs: number; readonly outcome?: Partial<Outcome> }

const OK: Outcome = { class: '2xx', status: 200, ambiguous: false, connectMs: -1, retryAfter: '', detail: '' }
export const UNAVAILABLE: Outcome = { ...OK, class: '5xx', status: 503 }
const NO_STATS: ConnectionStats = { opened: 0, reused: 0, closedByPeer: 0, max: 0, httpVersion: '1.1', tls: null }

/** A run of the pump alone, in virtual time: no messages, no store, only due moments and a far side that answers. */
export class Playground {
  readonly clock: VirtualClock = new VirtualClock()
  readonly plan: Plan
  readonly observations: Observation[] = []
  /** Moments at which requests left. */
  readonly sentAtMs: number[] = []
  /** The last watermark that had been flushed when each request left. */
  readonly watermarkMsWhenSent: number[] = []
  readonly stop: AbortController = new AbortController()
  readonly abort: AbortController = new AbortController()
  inFlightMax = 0
  readonly #farSide: FarSide
  #inFlight = 0
  #flushed = 0
  #watermarkMs = Number.NEGATIVE_INFINITY

  constructor(plan: Partial<Plan>, farSide: FarSide = () => ({ afterMs: 1 })) {
    this.plan = testPlan(plan)
    this.#farSide = farSide
  }

  get attempts(): AttemptObservation[] {
    return this.observations.filter((o) => o.kind === 'attempt')
  }

  /** Where the ledger goes; a test may put its own in its place. */
  recorder: Recorder = {
    record: (observation) => {
      this.observations.push(observation)
    },
    flush: () => {
      for (; this.#flushed < this.observations.length; this.#flushed++) {
        const flushed = this.observations[this.#flushed]
        if (flushed?.kind === 'watermark') this.#watermarkMs = flushed.untilMs
      }
    },
  }

  run(changes: Partial<Play> = {}): Promise<PumpEnd> {
    const { plan, clock } = this
    const schedule = scheduleOf(plan)
    const lanes = Array.from({ length: plan.lanes }, (_, lane) => lane)
    return clock.drain(
      play({
        plan,
        header: testHeader(plan, { startedAtMs: clock.wallMs() }),
        schedule,
        lanes,
        eventsOf: () => [new Uint8Array(0)],
        credentials: { apiKey: 'test', headers: [] },
        clock,
        digest: nodeDigest,
        transport: this.#transport(),
        health: { take: () => ({ loopDelayMaxMs: 0, cpuRatio: 0, rssMb: 0 }) },
        recorder: this.recorder,
        stop: this.stop.signal,
        abort: this.abort.signal,
        onSnapshot: () => undefined,
        ...changes,
      }),
    )
  }

  #transport(): Transport {
    return {
      stats: NO_STATS,
      close: async () => undefined,
      send: (_, done) => {
        const { clock } = this
        const { afterMs, outcome } = this.#farSide(this.sentAtMs.push(clock.nowMs()) - 1, clock.nowMs())
        this.watermarkMsWhenSent.push(this.#watermarkMs)
        this.inFlightMax = Math.max(this.inFlightMax, ++this.#inFlight)
        const answer = { ...OK, ...outcome }
        const timer = clock.at(clock.nowMs() + afterMs, () => {
          this.#inFlight--
          done(answer)
        })
        return {
          abort: () => {
            this.#inFlight--
            timer.cancel()
            return { ...answer, class: 'timeout', status: 0, ambiguous: true }
          },
        }
      },
    }
  }
}
