import type { SeriesRow } from '../../model/report.ts'

/** A run over time in at most so many steps. */
export interface Timeline {
  readonly stepS: number
  /** Counts are per second; of latencies, lags and what was in flight it holds the worst second of each step. */
  readonly rows: readonly SeriesRow[]
}

const COUNTS = ['due', 'sent', 'acked', 'c4xx', 'c5xx', 'failed'] as const
const WORST = ['p50Ms', 'p99Ms', 'maxMs', 'pumpLagMaxMs', 'slotWaitMaxMs'] as const

/** Joins neighbouring seconds until there are few enough steps; nothing that stood out gets lost. */
export function timelineOf(series: readonly SeriesRow[], stepsMax: number): Timeline {
  const secondsEach = series.length > 1 ? series[1]!.atS - series[0]!.atS : 1
  const joined = Math.max(1, Math.ceil(series.length / stepsMax))
  const rows: SeriesRow[] = []
  for (let i = 0; i < series.length; i += joined) rows.push(step(series.slice(i, i + joined), secondsEach))
  return { stepS: secondsEach * joined, rows }
}

function step(rows: readonly SeriesRow[], secondsEach: number): SeriesRow {
  const whole: { -readonly [K in keyof SeriesRow]: SeriesRow[K] } = { ...rows[0]! }
  for (const key of COUNTS) {
    const sum = rows.reduce((total, row) => total + row[key], 0)
    whole[key] = Number((sum / (rows.length * secondsEach)).toPrecision(4))
  }
  for (const key of WORST) whole[key] = greatest(rows.map((row) => row[key]))
  whole.inFlight = greatest(rows.map((row) => row.inFlight)) ?? 0
  return whole
}

/** To three digits, rounded; null where none is known. */
function greatest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : Number(Math.max(...known).toPrecision(3))
}
