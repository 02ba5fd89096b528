import type { RecoverySummary, SeriesRow, Summary } from '../model/report.ts'

/** Fewer answers in a step say nothing of it. */
const ANSWERS_MIN = 10
const FAILING_SHARE = 0.5
/** Good steps between two bad ones do not end a stretch unless there are more of them than this. */
const GOOD_STEPS_WITHIN = 2
/** So many times as slow as at its best, and by so much, is trouble. */
const SLOW_TIMES = 10
const SLOW_BY_MS = 1000
/** A load is gone when it is below this share of what it was when the trouble began. */
const LOAD_GONE_SHARE = 0.5

/** `none`: good answers · `quiet`: too few answers to tell. */
type Trouble = 'none' | 'quiet' | 'failing' | 'slow'

/**
 * The last stretch of trouble in a run, and how long the target took to be as before. Told from the series, so to the step of it. Slowness and
 * silence count only where squall itself kept time.
 */
export function recoveryOf(rows: readonly SeriesRow[], timing: Summary['generator']['timing']): RecoverySummary | null {
  const slowMs = timing === 'sound' ? slowFromMs(rows) : Number.POSITIVE_INFINITY
  const troubles = rows.map((row) => troubleOf(row, slowMs))
  const last = troubles.findLastIndex(isTrouble)
  if (last < 0) return null
  const first = firstOfStretch(troubles, last)
  const stepS = (rows[1]?.atS ?? 1) - rows[0]!.atS
  const atS = (step: number): number => step * stepS
  const isWell = endsWell(rows.slice(last + 1))
  const answersGood = isWell ? troubles.lastIndexOf('failing', last) + 1 : rows.length
  const loadGone = loadGoneAt(rows, first)
  const causeEnd = Math.min(Math.max(answersGood, first), loadGone)
  return {
    fromS: atS(first),
    causeEndS: causeEnd < rows.length ? atS(causeEnd) : null,
    wellAtS: isWell ? atS(last + 1) : null,
    tookS: isWell ? atS(last + 1 - causeEnd) : null,
    watchedS: atS(rows.length - loadGone),
  }
}

function troubleOf(row: SeriesRow, slowMs: number): Trouble {
  const answers = answersOf(row)
  if (answers >= ANSWERS_MIN && row.acked < answers * FAILING_SHARE) return 'failing'
  const isSilent = answers === 0 && row.inFlight >= ANSWERS_MIN && slowMs !== Number.POSITIVE_INFINITY
  if (isSilent) return 'slow'
  if (answers < ANSWERS_MIN) return 'quiet'
  return (row.p50Ms ?? 0) > slowMs ? 'slow' : 'none'
}

function isTrouble(trouble: Trouble): boolean {
  return trouble === 'failing' || trouble === 'slow'
}

function answersOf({ acked, c4xx, c5xx, failed }: SeriesRow): number {
  return acked + c4xx + c5xx + failed
}

/** Medians of good steps tell how fast the target is when nothing is wrong. */
function slowFromMs(rows: readonly SeriesRow[]): number {
  const good = rows.filter((row) => row.acked >= ANSWERS_MIN && troubleOf(row, Number.POSITIVE_INFINITY) === 'none')
  const mediansMs = good.map(({ p50Ms }) => p50Ms ?? 0).sort((a, b) => a - b)
  const bestMs = mediansMs[Math.floor(mediansMs.length / 10)]
  return bestMs === undefined ? Number.POSITIVE_INFINITY : Math.max(bestMs * SLOW_TIMES, bestMs + SLOW_BY_MS)
}

function firstOfStretch(troubles: readonly Trouble[], last: number): number {
  let first = last
  let good = 0
  for (let step = last - 1; step >= 0 && good <= GOOD_STEPS_WITHIN; step--) {
    const trouble = troubles[step]!
    if (isTrouble(trouble)) [first, good] = [step, 0]
    else if (trouble === 'none') good++
  }
  return first
}

/** The first step after `from` in which far less was due than at `from`; the number of steps if there is none. */
function loadGoneAt(rows: readonly SeriesRow[], from: number): number {
  const gone = rows.findIndex(({ due }, step) => step > from && due <= rows[from]!.due * LOAD_GONE_SHARE)
  return gone < 0 ? rows.length : gone
}

/** What came after the trouble is mostly good. */
function endsWell(rest: readonly SeriesRow[]): boolean {
  const answers = rest.reduce((sum, row) => sum + answersOf(row), 0)
  const acked = rest.reduce((sum, row) => sum + row.acked, 0)
  return answers > 0 && acked >= answers * FAILING_SHARE
}
