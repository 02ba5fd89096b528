import { COPIES, type Copy } from '../model/delivery.ts'
import type { DeliveryEnd } from '../model/delivery-end.ts'
import { type AttemptObservation, NEXT_STEPS, type NextStep } from '../model/observation.ts'
import { SparseColumn } from './sparse-column.ts'

/** Bits of a flag byte: 0–2 the last next step, 0 for none · 3 some attempt was ambiguous · 4 given up · 5–6 copy. */
const STEP_BITS = 7
const AMBIGUOUS = 8
const GAVE_UP = 16
const COPY_SHIFT = 5

/**
 * What is on record of one lane's deliveries, by seq: 9 bytes for each, and as many again at most for what few runs have: retries, batches,
 * several phases, several namespaces. Grows with what it is told.
 */
export class LaneRecords {
  /** One more than the highest seq on record. */
  size = 0
  readonly #flags = new SparseColumn(Uint8Array)
  readonly #attempts = new SparseColumn(Uint16Array)
  readonly #statuses = new SparseColumn(Uint16Array)
  readonly #phases = new SparseColumn(Uint16Array)
  readonly #retryAtMs = new SparseColumn(Float64Array)
  /** An index has up to 48 bits, and those above 32 tell the namespace. */
  readonly #indexLow = new SparseColumn(Uint32Array)
  readonly #indexHigh = new SparseColumn(Uint16Array)
  /** Beyond the first. */
  readonly #others = new SparseColumn(Uint16Array)

  attempt(o: AttemptObservation): void {
    const { seq } = o
    if (seq >= this.size) this.size = seq + 1
    const before = this.#flags.at(seq)
    const step = stepOf(before) === 'acked' ? 'acked' : o.next
    // A run that goes on after a cut counts an attempt that may have been made: it has a number and no record.
    const isOneMissing = o.attempt > this.#attempts.at(seq) + 1
    const ambiguous = (before & AMBIGUOUS) | (o.ambiguous || isOneMissing ? AMBIGUOUS : 0)
    this.#flags.set(seq, (NEXT_STEPS.indexOf(step) + 1) | ambiguous | (COPIES.indexOf(o.copy) << COPY_SHIFT))
    this.#attempts.set(seq, this.#attempts.at(seq) + 1)
    this.#statuses.set(seq, o.status)
    this.#phases.set(seq, o.phase)
    this.#retryAtMs.set(seq, o.retryAtMs)
    this.#indexLow.set(seq, o.index % 2 ** 32)
    this.#indexHigh.set(seq, Math.floor(o.index / 2 ** 32))
    this.#others.set(seq, o.size - 1)
  }

  gaveUp(seq: number): void {
    if (this.has(seq)) this.#flags.set(seq, this.#flags.at(seq) | GAVE_UP)
  }

  /** Whether an attempt of it is on record. */
  has(seq: number): boolean {
    return this.#attempts.at(seq) > 0
  }

  /** A status ended it. */
  isRejected(seq: number): boolean {
    return stepOf(this.#flags.at(seq)) === 'rejected'
  }

  attempts(seq: number): number {
    return this.#attempts.at(seq)
  }

  lastStatus(seq: number): number {
    return this.#statuses.at(seq)
  }

  phase(seq: number): number {
    return this.#phases.at(seq)
  }

  index(seq: number): number {
    return this.#indexHigh.at(seq) * 2 ** 32 + this.#indexLow.at(seq)
  }

  /** How many messages it carries. */
  messages(seq: number): number {
    return this.#others.at(seq) + 1
  }

  copy(seq: number): Copy {
    return COPIES[(this.#flags.at(seq) >>> COPY_SHIFT) & 3]!
  }

  /** What became of it, when whatever was due before `openUntilMs` may have been sent without a trace. */
  end(seq: number, dueMs: number, openUntilMs: number): DeliveryEnd {
    const flags = this.#flags.at(seq)
    const step = stepOf(flags)
    if (step === undefined) return dueMs < openUntilMs ? 'ambiguous' : 'notSent'
    if (step === 'exhausted') return (flags & AMBIGUOUS) !== 0 ? 'ambiguous' : 'exhausted'
    if (step !== 'retry') return step
    return (flags & GAVE_UP) === 0 && this.#retryAtMs.at(seq) < openUntilMs ? 'ambiguous' : 'abandoned'
  }
}

function stepOf(flags: number): NextStep | undefined {
  return NEXT_STEPS[(flags & STEP_BITS) - 1]
}
