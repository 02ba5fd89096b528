import { COPIES } from '../model/delivery.ts'
import { type AttemptObservation, NEXT_STEPS } from '../model/observation.ts'
import { OUTCOME_CLASSES } from '../model/outcome.ts'

/**
 * An attempt on record, 64 bytes little-endian (byte 0 is the record's kind):
 *
 *      1 class u8 · 2 copy (2 bits), next step (2), ambiguous (1), batch (1), Retry-After (1), answer lost (1) · 3 Retry-After u8, if any · 4 phase u16 · 6 lane u16 · 8 seq u32 · 12 attempt u16 · 14 status u16
 *     16 index u48 · 22 size u16, if a batch · 24 due f64 · 32 attempt due f64 · 40 retry at f64 · 48 slot wait f32 · 52 pump lag f32 · 56 latency f32 · 60 connect f32
 */
export const ATTEMPT_BYTES = 64

/** Bits of byte 2. */
const AMBIGUOUS = 16
const BATCH = 32
const RETRY_AFTER = 64
const ANSWER_LOST = 128

/** @throws RangeError for a moment or a duration that is not a number: nobody could judge such a ledger */
export function encodeAttempt(o: AttemptObservation, view: DataView, at: number): void {
  assertFinite(o)
  view.setUint8(at + 1, OUTCOME_CLASSES.indexOf(o.class))
  view.setUint8(at + 2, COPIES.indexOf(o.copy) | (NEXT_STEPS.indexOf(o.next) << 2) | marksOf(o))
  view.setUint8(at + 3, o.retryAfterS ?? 0)
  view.setUint16(at + 4, o.phase, true)
  view.setUint16(at + 6, o.lane, true)
  view.setUint32(at + 8, o.seq, true)
  view.setUint16(at + 12, o.attempt, true)
  view.setUint16(at + 14, o.status, true)
  // An integer's upper bits are left out as it is written.
  view.setUint32(at + 16, o.index, true)
  view.setUint16(at + 20, o.index / 2 ** 32, true)
  view.setUint16(at + 22, o.size > 1 ? o.size : 0, true)
  view.setFloat64(at + 24, o.dueMs, true)
  view.setFloat64(at + 32, o.attemptDueMs, true)
  view.setFloat64(at + 40, o.retryAtMs, true)
  view.setFloat32(at + 48, o.slotWaitMs, true)
  view.setFloat32(at + 52, o.pumpLagMs, true)
  view.setFloat32(at + 56, o.latencyMs, true)
  view.setFloat32(at + 60, o.connectMs, true)
}

/** Undefined where the bytes are not an attempt that squall would have written. */
export function decodeAttempt(view: DataView, at: number): AttemptObservation | undefined {
  const flags = view.getUint8(at + 2)
  const outcomeClass = OUTCOME_CLASSES[view.getUint8(at + 1)]
  const copy = COPIES[flags & 3]
  const attempt: AttemptObservation = {
    kind: 'attempt',
    lane: view.getUint16(at + 6, true),
    seq: view.getUint32(at + 8, true),
    phase: view.getUint16(at + 4, true),
    index: view.getUint32(at + 16, true) + view.getUint16(at + 20, true) * 2 ** 32,
    // Squalls that knew no batches left anything at all in these bytes.
    size: (flags & BATCH) === 0 ? 1 : view.getUint16(at + 22, true),
    copy: copy!,
    dueMs: view.getFloat64(at + 24, true),
    attempt: view.getUint16(at + 12, true),
    attemptDueMs: view.getFloat64(at + 32, true),
    slotWaitMs: view.getFloat32(at + 48, true),
    pumpLagMs: view.getFloat32(at + 52, true),
    latencyMs: view.getFloat32(at + 56, true),
    connectMs: view.getFloat32(at + 60, true),
    class: outcomeClass!,
    status: view.getUint16(at + 14, true),
    ambiguous: (flags & AMBIGUOUS) !== 0,
    // Without the mark anything at all may stand in its byte.
    ...((flags & RETRY_AFTER) !== 0 && { retryAfterS: view.getUint8(at + 3) }),
    ...((flags & ANSWER_LOST) !== 0 && { answerLost: true as const }),
    next: NEXT_STEPS[(flags >>> 2) & 3]!,
    retryAtMs: view.getFloat64(at + 40, true),
  }
  const whole = outcomeClass !== undefined && copy !== undefined && attempt.attempt > 0 && attempt.size > 0
  return whole && Number.isFinite(sumOf(attempt)) ? attempt : undefined
}

function marksOf({ ambiguous, size, retryAfterS, answerLost }: AttemptObservation): number {
  const marks = (ambiguous ? AMBIGUOUS : 0) | (size > 1 ? BATCH : 0)
  return marks | (retryAfterS === undefined ? 0 : RETRY_AFTER) | (answerLost ? ANSWER_LOST : 0)
}

function assertFinite(o: AttemptObservation): void {
  if (!Number.isFinite(sumOf(o)))
    throw new RangeError(`an attempt of delivery ${o.lane}/${o.seq} has a time that is no number`)
}

/** Infinite or NaN as soon as one of the times is. */
function sumOf(o: AttemptObservation): number {
  return o.dueMs + o.attemptDueMs + o.retryAtMs + o.slotWaitMs + o.pumpLagMs + o.latencyMs + o.connectMs
}
