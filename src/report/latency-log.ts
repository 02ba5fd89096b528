import type { Report } from '../model/report.ts'

const TAGS = ['fromDue', 'fromSend', 'toAcceptance'] as const

/**
 * `latency.hlog`: an HdrHistogram log with one line a tag over the whole run. Histograms are in microseconds, the greatest value of a line in
 * milliseconds.
 */
export function latencyLog({ run, latencyMs }: Report): string {
  const startS = Date.parse(run.startedAt) / 1000
  const lengthS = Date.parse(run.endedAt) / 1000 - startS
  const lines = TAGS.filter((tag) => latencyMs[tag].hdr !== '').map((tag) => {
    const { max, hdr } = latencyMs[tag]
    return `Tag=${tag},0.000,${lengthS.toFixed(3)},${(max ?? 0).toFixed(3)},${hdr}`
  })
  return [
    '#[Histogram log format version 1.3]',
    `#[StartTime: ${startS.toFixed(3)} (seconds since epoch), ${run.startedAt}]`,
    `#[BaseTime: ${startS.toFixed(3)} (seconds since epoch)]`,
    '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
    ...lines,
    '',
  ].join('\n')
}
