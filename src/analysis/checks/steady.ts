import type { Evidence } from '../../model/evidence.ts'
import type { LatencySlice } from '../../model/pace-facts.ts'
import type { Verdict } from '../../model/verdict.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { OWN_FIX } from './limit-ruling.ts'

const NAMED = { id: 'steady', title: 'Latency stays as it was' }

/** Fewer slices show no trend. */
const SLICES_MIN = 12
/** A rise matters that is more than this part of where it began, and more than so much. */
const RISE_SHARE = 0.5
const RISE_MS = 10
/** For a two-sided interval of 99 %. */
const NORMAL_99 = 2.576

/** Medians of slices of the main phase do not climb: the median of their slopes (Theil and Sen), with its interval. */
export const steady: Check = { ...NAMED, judge }

function judge({ paces, summary }: Evidence): Verdict {
  const { slices } = paces
  if (slices.length < SLICES_MIN) {
    const claim = `only ${slices.length} of 24 slices of the main phase had the usual load and answers enough`
    return unknown(NAMED, claim, `Let it run longer, at one rate, with 10 answers a slice at least.`)
  }
  const { low, high } = risesOf(slices)
  const facts = { slices, riseAtLeastMs: tenths(low.riseMs), riseAtMostMs: tenths(high.riseMs) }
  const { atS: fromS } = slices[0]!
  const { atS: toS } = slices.at(-1)!
  const span = `from ${tenths(fromS)} s to ${tenths(toS)} s the median`
  const { timing, reasons } = summary.generator
  if (matters({ ...low, riseMs: low.riseMs - oursMs(summary) })) {
    const claim = `${span} rose by more than ${tenths(low.riseMs)} ms at 99 %, from ${tenths(low.startMs)} ms`
    return failed(NAMED, claim, facts, FIX)
  }
  if (timing === 'doubtful') {
    return unknown(NAMED, `squall itself did not keep time (${reasons.join('; ')})`, OWN_FIX, facts)
  }
  if (!matters(high))
    return passed(NAMED, `${span} rose by less than ${tenths(Math.max(high.riseMs, 0.1))} ms at 99 %`, facts)
  const claim = `${span} changed by ${tenths(low.riseMs)} to ${tenths(high.riseMs)} ms at 99 %, which decides nothing`
  return unknown(NAMED, claim, 'Let it run longer.', facts)
}

const FIX =
  'Look for what grows with every event: a table without an index, a cache without a bound, a queue that is never emptied.'

/** A loop that is not known to have been held up may still have looked at an answer so late. */
const UNSEEN_STALLS_MS = 200

/** So much of a rise may be squall's own. */
function oursMs({ generator }: Evidence['summary']): number {
  if (generator.timing === 'sound') return 0
  return (generator.loopDelayMaxMs ?? Number.POSITIVE_INFINITY) + UNSEEN_STALLS_MS
}

/** A straight line through the slices: where it begins, and how far it climbs to the last of them. */
interface Rise {
  readonly startMs: number
  readonly riseMs: number
}

function matters({ startMs, riseMs }: Rise): boolean {
  return riseMs > Math.max(RISE_MS, startMs * RISE_SHARE)
}

/** The least and the greatest rise that the slices allow, at 99 % if they are independent. */
function risesOf(slices: readonly LatencySlice[]): { readonly low: Rise; readonly high: Rise } {
  const slopes = slopesOf(slices)
  const n = slices.length
  const spread = NORMAL_99 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18)
  const at = (rank: number): number => slopes[Math.min(slopes.length - 1, Math.max(0, Math.round(rank)))]!
  const middleMs = slices.map(({ medianMs }) => medianMs).sort((a, b) => a - b)[Math.floor(n / 2)]!
  const rise = (slope: number): Rise => {
    const riseMs = slope * (slices.at(-1)!.atS - slices[0]!.atS)
    return { startMs: Math.max(0, middleMs - riseMs / 2), riseMs }
  }
  return { low: rise(at((slopes.length - spread) / 2 - 1)), high: rise(at((slopes.length + spread) / 2)) }
}

/** Between every two slices, ascending, in milliseconds per second. */
function slopesOf(slices: readonly LatencySlice[]): number[] {
  const slopes: number[] = []
  for (const [i, later] of slices.entries()) {
    for (const earlier of slices.slice(0, i)) {
      slopes.push((later.medianMs - earlier.medianMs) / (later.atS - earlier.atS))
    }
  }
  return slopes.sort((a, b) => a - b)
}

function tenths(number: number): number {
  return Math.round(number * 10) / 10
}
