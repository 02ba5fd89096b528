import { ARRIVAL_METRICS, SINGLE_ENDS } from '../../src/model/arrival-run.ts'

/** What k6 hands over at a run's end. */
export interface SummaryData {
  readonly metrics: Readonly<
    Record<
      string,
      {
        readonly values: Readonly<Record<string, number>>
        readonly thresholds?: Readonly<Record<string, { readonly ok: boolean }>>
      }
    >
  >
}

/** In a few lines what came of a run, in place of k6's own summary, which k6 leaves out where a script writes one. */
export function arrivalText({ metrics }: SummaryData, file: string): string {
  const count = (name: string): number => metrics[name]?.values.count ?? 0
  const ends = SINGLE_ENDS.map((end) => `${count(ARRIVAL_METRICS.end(end))} ${end}`).join(', ')
  const latency = Object.entries(metrics[ARRIVAL_METRICS.latency]?.values ?? {})
    .filter(([name]) => name !== 'count')
    .map(([name, ms]) => `${name} ${ms.toFixed(1)}`)
  const thresholds = Object.entries(metrics).flatMap(([name, { thresholds: rules = {} }]) =>
    Object.entries(rules).map(([rule, { ok }]) => `${ok ? '✓' : '✗'} ${name} ${rule}`),
  )
  const lines = [
    `events: ${ends}; ${count('dropped_iterations')} dropped by k6`,
    `latency from dispatch in ms: ${latency.sort().join(', ')}`,
    ...thresholds,
    `all of it: ${file} (squall k6 summary ${file} makes a result of it)`,
  ]
  return `\n${lines.map((line) => `  ${line}\n`).join('')}\n`
}
