import type { LatencySummary, Report } from '../../model/report.ts'
import { countText, msText } from '../number-text.ts'
import type { Chart } from './chart.ts'
import { dataTable } from './data-table.ts'
import { figure } from './figure.ts'
import { histogramChart } from './histogram-chart.ts'
import { html, type Markup } from './markup.ts'
import { section } from './section.ts'
import { type Spectrum, spectrumOf } from './spectrum.ts'

/** Latency by percentile, from due and from send; none where nothing was timed. */
export function latencyCharts({ latencyMs }: Report): readonly Chart[] {
  const [due, send] = [spectrumOf(latencyMs.fromDue), spectrumOf(latencyMs.fromSend)]
  if (due === null || send === null) return []
  const longer = due.curve.length >= send.curve.length ? due : send
  const values = ({ curve }: Spectrum): (number | null)[] => longer.curve.map((_, i) => curve[i]?.ms ?? null)
  return [
    {
      id: 'percentiles',
      title: 'Latency by percentile, ms',
      hint: 'Where the two part, requests waited before they could leave: a queue that users feel.',
      x: { kind: 'percentile', values: longer.curve.map(({ nines }) => nines) },
      scale: 'log',
      series: [
        { name: 'from due', tone: 'main', values: values(due) },
        { name: 'from send', tone: 'warn', values: values(send) },
      ],
      stacked: false,
      bands: [],
      marks: [],
    },
  ]
}

export function latencySection(report: Report): Markup {
  const { latencyMs } = report
  const spectrum = spectrumOf(latencyMs.fromDue)
  return section(
    'latency',
    'Latency',
    html`<p class="lead">In milliseconds. <b>From due</b> counts from the moment at which a request should have left, whatever held it up; <b>from send</b> from the moment at which it left.</p>
${table(latencyMs)}
<p class="hint">A dash: fewer than ten samples beyond it. Censored: timeouts, counted at their deadline.</p>
<div class="charts two">${latencyCharts(report).map(figure)}${spectrum === null ? null : histogramChart(spectrum)}</div>`,
  )
}

function table({ fromDue, fromSend, toAcceptance, connect }: Report['latencyMs']): Markup {
  const classes = Object.entries(fromSend.byClass ?? {})
  const head = ['count', 'censored', 'min', 'mean', 'p50', 'p90', 'p95', 'p99', 'p99.9', 'max']
  return dataTable(
    'Latency in milliseconds',
    [['latency', 'text'], ...head.map((name) => [name, 'number'] as const)],
    [
      row('from due', fromDue),
      row('from send', fromSend),
      ...(classes.length > 1
        ? classes.map(([name, summary]) => row(html`<span class="part">${name}</span>`, summary))
        : []),
      row('to acceptance', toAcceptance),
      row('connecting', connect),
    ],
  )
}

function row(name: string | Markup, summary: LatencySummary): (string | Markup)[] {
  const { count, censored, min, mean, p50, p90, p95, p99, p999, max } = summary
  return [name, countText(count), countText(censored), ...[min, mean, p50, p90, p95, p99, p999, max].map(msText)]
}
