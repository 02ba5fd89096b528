import { COPIES, type Copy } from '../model/delivery.ts'
import type { DeliveryEnd } from '../model/delivery-end.ts'
import { type AttemptObservation, NEXT_STEPS, type NextStep } from '../model/observation.ts'

/** Bits of a flag byte: 0–2 the last next step, 0 for none · 3 some attempt was ambiguous · 4 given up · 5–6 copy. */
const STEP_BITS = 7
const AMBIGUOUS = 8
const GAVE_UP = 16
const COPY_SHIFT = 5

/** What is on record of one lane's deliveries, by seq: about 25 bytes for each. Grows with what it is told. */
export class LaneRecords {
  /** One more than the highest seq on record. */
  size = 0
  #flags = new Uint8Array(16)
  #attempts = new Uint16Array(16)
  #statuses = new Uint16Array(16)
  #phases = new Uint16Array(16)
  #retryAtMs = new Float64Array(16)
  #indices = new Float64Array(16)
  #sizes = new Uint16Array(16)

  attempt(o: AttemptObservation): void {
    const { seq } = o
    this.#fit(seq)
    const before = this.#flags[seq]!
    const step = stepOf(before) === 'acked' ? 'acked' : o.next
    // A run that goes on after a cut counts an attempt that may have been made: it has a number and no record.
    const isOneMissing = o.attempt > this.#attempts[seq]! + 1
    const ambiguous = (before & AMBIGUOUS) | (o.ambiguous || isOneMissing ? AMBIGUOUS : 0)
    this.#flags[seq] = (NEXT_STEPS.indexOf(step) + 1) | ambiguous | (COPIES.indexOf(o.copy) << COPY_SHIFT)
    this.#attempts[seq] = this.#attempts[seq]! + 1
    this.#statuses[seq] = o.status
    this.#phases[seq] = o.phase
    this.#retryAtMs[seq] = o.retryAtMs
    this.#indices[seq] = o.index
    this.#sizes[seq] = o.size
  }

  gaveUp(seq: number): void {
    if (this.has(seq)) this.#flags[seq] = this.#flags[seq]! | GAVE_UP
  }

  /** Whether an attempt of it is on record. */
  has(seq: number): boolean {
    return seq < this.size && this.#attempts[seq]! > 0
  }

  /** A status ended it. */
  isRejected(seq: number): boolean {
    return seq < this.size && stepOf(this.#flags[seq]!) === 'rejected'
  }

  attempts(seq: number): number {
    return seq < this.size ? this.#attempts[seq]! : 0
  }

  lastStatus(seq: number): number {
    return seq < this.size ? this.#statuses[seq]! : 0
  }

  phase(seq: number): number {
    return this.#phases[seq]!
  }

  index(seq: number): number {
    return this.#indices[seq]!
  }

  /** How many messages it carries. */
  messages(seq: number): number {
    return this.#sizes[seq]!
  }

  copy(seq: number): Copy {
    return COPIES[(this.#flags[seq]! >>> COPY_SHIFT) & 3]!
  }

  /** What became of it, when whatever was due before `openUntilMs` may have been sent without a trace. */
  end(seq: number, dueMs: number, openUntilMs: number): DeliveryEnd {
    const flags = seq < this.size ? this.#flags[seq]! : 0
    const step = stepOf(flags)
    if (step === undefined) return dueMs < openUntilMs ? 'ambiguous' : 'notSent'
    if (step === 'exhausted') return (flags & AMBIGUOUS) !== 0 ? 'ambiguous' : 'exhausted'
    if (step !== 'retry') return step
    return (flags & GAVE_UP) === 0 && this.#retryAtMs[seq]! < openUntilMs ? 'ambiguous' : 'abandoned'
  }

  #fit(seq: number): void {
    if (seq >= this.#flags.length) {
      const length = Math.max(seq + 1, this.#flags.length * 2)
      this.#flags = grown(this.#flags, new Uint8Array(length))
      this.#attempts = grown(this.#attempts, new Uint16Array(length))
      this.#statuses = grown(this.#statuses, new Uint16Array(length))
      this.#phases = grown(this.#phases, new Uint16Array(length))
      this.#retryAtMs = grown(this.#retryAtMs, new Float64Array(length))
      this.#indices = grown(this.#indices, new Float64Array(length))
      this.#sizes = grown(this.#sizes, new Uint16Array(length))
    }
    if (seq >= this.size) this.size = seq + 1
  }
}

function stepOf(flags: number): NextStep | undefined {
  return NEXT_STEPS[(flags & STEP_BITS) - 1]
}

function grown<A extends { set(from: A): void }>(from: A, to: A): A {
  to.set(from)
  return to
}
