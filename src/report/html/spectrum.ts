import { decodeFromCompressedBase64, JsHistogram } from 'hdr-histogram-js'
import type { LatencySummary } from '../../model/report.ts'

/** A whole distribution of latencies, ready to be drawn. */
export interface Spectrum {
  /** What share of samples takes at most so long: by nines (1 is 90 %, 2 is 99 %), as far as there are samples. */
  readonly curve: readonly { readonly nines: number; readonly ms: number }[]
  /** How many samples lie between one limit and the next; limits are 1, 2 and 5 times powers of ten. */
  readonly columns: readonly { readonly fromMs: number; readonly toMs: number; readonly count: number }[]
}

const NINES_STEP = 0.1

/** Reads the histogram that a summary carries; null where it carries none that can be read. */
export function spectrumOf({ hdr, max }: LatencySummary): Spectrum | null {
  const histogram = decoded(hdr)
  if (histogram === null || histogram.totalCount === 0) return null
  return { curve: curveOf(histogram, max ?? Number.POSITIVE_INFINITY), columns: columnsOf(histogram) }
}

function decoded(hdr: string): JsHistogram | null {
  if (hdr === '') return null
  try {
    const histogram = decodeFromCompressedBase64(hdr)
    return histogram instanceof JsHistogram ? histogram : null
  } catch {
    return null
  }
}

/** The last point is the greatest sample: of n, n − 1 take less. */
function curveOf(histogram: JsHistogram, maxMs: number): Spectrum['curve'] {
  const end = Math.max(1, Math.log10(histogram.totalCount))
  const steps = Math.ceil(end / NINES_STEP)
  return Array.from({ length: steps + 1 }, (_, i) => {
    const nines = Math.min(i * NINES_STEP, end)
    const us = i === steps ? histogram.maxValue : histogram.getValueAtPercentile(100 * (1 - 10 ** -nines))
    return { nines: Number(nines.toFixed(3)), ms: Math.min(us / 1000, maxMs) }
  })
}

function columnsOf(histogram: JsHistogram): Spectrum['columns'] {
  const limits = limitsMs(histogram.getValueAtPercentile(0) / 1000, histogram.maxValue / 1000)
  const counts = limits.map(() => 0)
  const values = histogram.recordedValuesIterator
  values.reset()
  while (values.hasNext()) {
    const { valueIteratedTo, countAtValueIteratedTo } = values.next()
    const column = limits.findLastIndex((ms) => ms * 1000 <= valueIteratedTo)
    counts[column] = (counts[column] ?? 0) + countAtValueIteratedTo
  }
  return limits.slice(1).map((toMs, i) => ({ fromMs: limits[i]!, toMs, count: counts[i]! }))
}

/** 1, 2 and 5 times powers of ten around what was measured. */
function limitsMs(leastMs: number, greatestMs: number): number[] {
  const limits = [0]
  for (let power = -3; power <= 9; power++) for (const one of [1, 2, 5]) limits.push(Number(`${one}e${power}`))
  const first = limits.findLastIndex((ms) => ms <= leastMs)
  const last = limits.findIndex((ms) => ms > greatestMs)
  return limits.slice(Math.max(0, first), last + 1)
}
