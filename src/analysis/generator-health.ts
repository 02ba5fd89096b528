import type { AttemptObservation, SampleObservation } from '../model/observation.ts'
import type { Summary } from '../model/report.ts'
import { countText } from './checks/count-text.ts'
import { LatencyHistogram } from './histogram.ts'
import type { AttemptTimes } from './moments.ts'

/** Later than this although a slot was free is late. */
const LATE_MS = 20
/** The event loop was held up so long that what was measured then is not the target's. */
const HELD_UP_MS = 100
const STOOD_STILL_MS = 1000
const SAMPLE_MS = 1000
/** Samples come once a second; a longer gap means that the process, the machine or the clock stood still. */
const SAMPLE_GAP_MS = 3000
/** So large a share of attempts or of seconds may be bad before timing is in doubt. */
const BAD_SHARE = 0.01

/** Whether squall itself kept time: lag of its pump, stalls of its loop, exhaustion of its machine. Never the target's doing. */
export class GeneratorHealth {
  readonly #ceilingPerSecond: number
  readonly #pumpLag = new LatencyHistogram()
  readonly #slotWait = new LatencyHistogram()
  #late = 0
  #local = 0
  #samples = 0
  #heldUp = 0
  #heldUpMs = 0
  #loopDelayMaxMs = 0
  #cpuSum = 0
  #cpuSamples = 0
  #gapMaxMs = 0

  /** @param ceilingPerSecond a bound that holds attempts back by the plan's own will; 0: none */
  constructor(ceilingPerSecond: number) {
    this.#ceilingPerSecond = ceilingPerSecond
  }

  attempt(o: AttemptObservation, times: AttemptTimes): void {
    if (o.class === 'local' && !o.answerLost) this.#local++
    if (!times.timed) return
    this.#pumpLag.record(o.pumpLagMs)
    this.#slotWait.record(o.slotWaitMs)
    if (o.pumpLagMs > LATE_MS) this.#late++
  }

  /** @param sinceLastMs since the same writer's last sample */
  sample(o: SampleObservation, sinceLastMs: number): void {
    this.#samples++
    if (o.cpuRatio !== null) {
      this.#cpuSum += o.cpuRatio
      this.#cpuSamples++
    }
    this.#loopDelayMaxMs = Math.max(this.#loopDelayMaxMs, o.loopDelayMaxMs)
    this.#gapMaxMs = Math.max(this.#gapMaxMs, sinceLastMs)
    if (o.loopDelayMaxMs > HELD_UP_MS) this.#heldUp++
    if (Math.max(o.loopDelayMaxMs, sinceLastMs - SAMPLE_MS) > HELD_UP_MS) {
      this.#heldUpMs += Math.max(o.loopDelayMaxMs, sinceLastMs)
    }
  }

  /** How long squall stood still in all, at most: each second in which it was held up counts as a whole. */
  get heldUpMs(): number {
    return this.#heldUpMs
  }

  summary(): Summary['generator'] {
    const reasons = [...this.#lateness(), ...this.#stalls(), ...this.#exhaustion()]
    return {
      pumpLagMs: this.#pumpLag.spread(),
      slotWaitMs: this.#slotWait.spread(),
      loopDelayMaxMs: this.#samples === 0 ? null : this.#loopDelayMaxMs,
      cpuRatio: this.#cpuSamples === 0 ? null : Math.round((this.#cpuSum / this.#cpuSamples) * 1000) / 1000,
      timing: reasons.length === 0 ? 'sound' : 'doubtful',
      reasons,
    }
  }

  #lateness(): string[] {
    const timed = this.#pumpLag.count
    if (this.#late <= timed * BAD_SHARE) return []
    const share = ((this.#late / timed) * 100).toFixed(1)
    const cause =
      this.#ceilingPerSecond === 0
        ? 'squall could have sent them'
        : `they were due, as squall was late or its ceiling of ${this.#ceilingPerSecond}/s held them back`
    return [
      `${countText(this.#late)} of ${countText(timed)} attempts (${share} %) left more than ${LATE_MS} ms after ${cause}`,
    ]
  }

  #stalls(): string[] {
    const reasons: string[] = []
    const longestMs = Math.round(this.#loopDelayMaxMs)
    if (this.#loopDelayMaxMs > STOOD_STILL_MS) {
      reasons.push(`the event loop was held up for ${longestMs} ms`)
    } else if (this.#heldUp > this.#samples * BAD_SHARE) {
      const seconds = `${this.#heldUp} of ${this.#samples} seconds`
      reasons.push(`the event loop was held up for more than ${HELD_UP_MS} ms in ${seconds} (longest: ${longestMs} ms)`)
    }
    if (this.#gapMaxMs > SAMPLE_GAP_MS) {
      reasons.push(`no sign of life for ${Math.round(this.#gapMaxMs)} ms: the process or the machine stood still`)
    }
    return reasons
  }

  #exhaustion(): string[] {
    if (this.#local === 0) return []
    return [
      `${this.#local} attempts failed on this machine itself (descriptors, ports, memory, or a limit of its HTTP client)`,
    ]
  }
}
