import type { LatencySummary, Report } from '../../model/report.ts'
import type { Paint } from './colors.ts'
import { renderColumns } from './columns.ts'
import { count, millis } from './quantities.ts'

const HEAD = ['ms', 'count', 'p50', 'p90', 'p95', 'p99', 'p99.9', 'max']

/** Latency percentiles: of each attempt from its due moment and from its sending, classes apart, and of each delivery to its acceptance. */
export function renderLatencies({ latencyMs }: Report, paint: Paint): string {
  const { fromDue, fromSend, toAcceptance, connect } = latencyMs
  const rows = [
    row('from due', fromDue),
    row('from send', fromSend),
    ...classRows(fromSend),
    row('to acceptance', toAcceptance),
    row('connect', connect),
  ].filter(([, n]) => n !== '0')
  const head = HEAD.map((name) => paint('faint', name))
  const table = renderColumns(
    [head, ...rows],
    HEAD.map((_, i) => (i === 0 ? 'left' : 'right')),
  )
  return fromDue.censored > 0 ? `${table}\n   ${count(fromDue.censored)} timeouts are counted at their deadline` : table
}

function classRows({ byClass = {} }: LatencySummary): string[][] {
  const classes = Object.entries(byClass)
  return classes.length < 2 ? [] : classes.map(([name, summary]) => row(`  ${name}`, summary))
}

function row(name: string, { count: n, p50, p90, p95, p99, p999, max }: LatencySummary): string[] {
  return [name, count(n), ...[p50, p90, p95, p99, p999, max].map(millis)]
}
