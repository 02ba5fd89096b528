import { OUTCOME_CLASSES } from '../../model/outcome.ts'
import type { Snapshot } from '../../model/snapshot.ts'
import { progressBar, sparkline } from './bars.ts'
import type { Paint } from './colors.ts'
import { clock, count, millis, percent, rate } from './quantities.ts'
import { sanitize } from './sanitize.ts'

/** What the panel shows beside the snapshot. */
export interface PanelView {
  /** Scenario, run and target, as one line. */
  readonly title: string
  /** Rates of the snapshots so far, this one's last. */
  readonly rates: readonly number[]
  /** Cells of the terminal. */
  readonly width: number
  readonly paint: Paint
}

const LABEL = 11

/** A run as it stands, in a few lines of at most `width` cells. */
export function renderPanel(snapshot: Snapshot, view: PanelView): string {
  const { paint, width } = view
  const lines: [label: string, text: string][] = [
    [snapshot.stage, progress(snapshot, Math.min(width, 100) - LABEL)],
    ['rate', rates(snapshot, view)],
    ['sent', deliveries(snapshot)],
    ['waiting', waiting(snapshot)],
    ['latency', latencies(snapshot)],
    ['answers', answers(snapshot)],
  ]
  const title = sanitize(`squall · ${view.title}`, width - 2)
  const body = lines.map(
    ([label, text]) => ` ${paint('faint', label.padEnd(LABEL - 2))} ${text.slice(0, width - LABEL)}`,
  )
  return [` ${paint('strong', title)}`, ...body].join('\n')
}

/** The same in one line, for a pipe. */
export function renderProgressLine(snapshot: Snapshot): string {
  const troubles = answerCounts(snapshot).filter(([name]) => name !== '2xx')
  return [
    `${clock(snapshot.atMs)} ${snapshot.stage} ${sanitize(snapshot.phase, 40)} ${percent(share(snapshot))}`.replace(
      '  ',
      ' ',
    ),
    rate(snapshot.ratePerSecond),
    `sent ${count(snapshot.sent)} of ${count(snapshot.planned)}`,
    `acked ${count(snapshot.acked)}`,
    waiting(snapshot),
    `p99 ${millis(snapshot.latencyP99Ms)} ms`,
    ...troubles.map(([name, n]) => `${name} ${count(n)}`),
  ].join(', ')
}

function progress(snapshot: Snapshot, width: number): string {
  const phase = sanitize(snapshot.phase, 24)
  const left = snapshot.stage === 'sending' ? `${clock(snapshot.endMs - snapshot.atMs)} left` : clock(snapshot.atMs)
  const after = `${percent(share(snapshot)).padStart(7)}  ${left}  ${phase}`.trimEnd()
  return `${progressBar(share(snapshot), Math.max(10, width - after.length - 2))} ${after}`
}

function share({ sent, planned }: Snapshot): number {
  return planned === 0 ? 0 : sent / planned
}

function rates({ ratePerSecond, targetPerSecond }: Snapshot, { rates: history }: PanelView): string {
  const now = `${rate(ratePerSecond)} of ${rate(targetPerSecond)}`
  return `${now.padEnd(22)} ${sparkline(history, 40, Math.max(targetPerSecond, ...history))}`
}

function deliveries({ sent, planned, acked, attempts }: Snapshot): string {
  return `${count(sent)} of ${count(planned)}   acked ${count(acked)}   attempts ${count(attempts)}`
}

function waiting({ inFlight, overdue, retriesWaiting }: Snapshot): string {
  return `in flight ${count(inFlight)}, overdue ${count(overdue)}, retries waiting ${count(retriesWaiting)}`
}

function latencies({ latencyP50Ms, latencyP99Ms, pumpLagMaxMs }: Snapshot): string {
  return `p50 ${millis(latencyP50Ms)} ms   p99 ${millis(latencyP99Ms)} ms   pump lag ${millis(pumpLagMaxMs)} ms at most`
}

function answers(snapshot: Snapshot): string {
  const met = answerCounts(snapshot).map(([name, n]) => `${name} ${count(n)}`)
  return met.length > 0 ? met.join('   ') : 'none yet'
}

function answerCounts({ classes }: Snapshot): [name: string, n: number][] {
  return OUTCOME_CLASSES.map((name): [string, number] => [name, classes[name] ?? 0]).filter(([, n]) => n > 0)
}
