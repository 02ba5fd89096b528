import type { Report, SeriesRow } from '../../model/report.ts'
import { countText, msText } from '../number-text.ts'
import { momentText } from './axis-text.ts'
import type { Chart, ChartSeries, Mark, Tone } from './chart.ts'
import { dataTable } from './data-table.ts'
import { figure } from './figure.ts'
import { html, type Markup, shortened } from './markup.ts'
import { section } from './section.ts'
import { type Timeline, timelineOf } from './timeline.ts'

/** A still picture shows no more; a live one can be zoomed into. */
const STEPS_MAX = { still: 240, live: 1200 } as const
const TABLE_ROWS_MAX = 60
const MARKS_MAX = 20
const BANDS_MAX = 12

/** What happened when: four charts over one clock. */
export function timelineCharts(report: Report, detail: keyof typeof STEPS_MAX): readonly Chart[] {
  const { rows } = timelineOf(report.series, STEPS_MAX[detail])
  if (rows.length < 2) return []
  const chart = (id: string, title: string, hint: string, parts: Parts): Chart => ({
    stacked: false,
    ...parts,
    id,
    title,
    hint,
    x: { kind: 'time', values: rows.map(({ atS }) => atS) },
    bands: report.phases
      .slice(0, BANDS_MAX)
      .map(({ name, fromS, toS }) => ({ name: shortened(name, 40), from: fromS, to: toS })),
    marks: marksOf(report),
  })
  const line = (name: string, tone: Tone, key: keyof SeriesRow): ChartSeries => ({
    name,
    tone,
    values: rows.map((row) => row[key] as number | null),
  })
  return [
    chart('rate', 'Rate, per second', 'Sent should lie on due; accepted follows unless the endpoint holds back.', {
      scale: 'linear',
      series: [line('due', 'plain', 'due'), line('sent', 'main', 'sent'), line('accepted', 'good', 'acked')],
    }),
    chart('answers', 'Answers, per second', 'What is not accepted was tried again or given up.', {
      scale: 'linear',
      stacked: true,
      series: [
        line('accepted', 'good', 'acked'),
        line('4xx', 'warn', 'c4xx'),
        line('5xx', 'bad', 'c5xx'),
        line('no answer', 'odd', 'failed'),
      ],
    }),
    chart('latency', 'Latency from due, ms', 'A rise that stays after its cause has gone is a backlog.', {
      scale: 'log',
      series: [line('max', 'plain', 'maxMs'), line('p99', 'warn', 'p99Ms'), line('p50', 'main', 'p50Ms')],
    }),
    chart('strain', 'Under way, and squall’s own lag', 'The lag is ours: where it is high, latency says little.', {
      scale: 'linear',
      series: [line('requests under way', 'main', 'inFlight'), line('lag, ms', 'odd', 'pumpLagMaxMs')],
    }),
  ]
}

type Parts = Pick<Chart, 'scale' | 'series'> & { readonly stacked?: boolean }

function marksOf({ notes }: Report): Mark[] {
  return notes.slice(0, MARKS_MAX).map(({ atS }, i) => ({ at: atS, label: String(i + 1) }))
}

export function timelineSection(report: Report): Markup {
  const charts = timelineCharts(report, 'still')
  if (charts.length === 0) return section('timeline', 'Timeline', html`<p>Too short for a timeline.</p>`)
  const { stepS } = timelineOf(report.series, STEPS_MAX.live)
  const worst = stepS > 1 ? `One step is ${stepS} s; of latencies and lags it shows the worst second. ` : ''
  return section(
    'timeline',
    'Timeline',
    html`<p class="lead">${worst}<span class="live">Move over a chart to read it, drag to zoom, double-click for the whole.</span></p>
<div class="charts">${charts.map(figure)}</div>
${notes(report)}
<details><summary>The timeline as a table</summary>${table(timelineOf(report.series, TABLE_ROWS_MAX))}</details>`,
  )
}

function notes({ notes: all }: Report): Markup | null {
  if (all.length === 0) return null
  const more = all.length > MARKS_MAX ? html`<li>and ${all.length - MARKS_MAX} more, in result.json</li>` : null
  const items = all
    .slice(0, MARKS_MAX)
    .map(({ atS, text }) => html`<li><span class="moment">${momentText(atS)}</span> ${shortened(text, 300)}</li>`)
  return html`<h3>Marks</h3><ol class="marks">${items}${more}</ol>`
}

function table({ rows, stepS }: Timeline): Markup {
  const number = (name: string): readonly [string, 'number'] => [name, 'number']
  return dataTable(
    `The timeline in steps of ${stepS} s`,
    [
      ['time', 'text'],
      ['phase', 'text'],
      ...['due/s', 'sent/s', 'accepted/s', '4xx/s', '5xx/s', 'no answer/s', 'p50 ms', 'p99 ms', 'max ms'].map(number),
      ...['in flight', 'pump lag ms'].map(number),
    ],
    rows.map((row) => [
      momentText(row.atS),
      shortened(row.phase, 60),
      ...[row.due, row.sent, row.acked, row.c4xx, row.c5xx, row.failed].map(perSecond),
      ...[row.p50Ms, row.p99Ms, row.maxMs].map(msText),
      countText(row.inFlight),
      msText(row.pumpLagMaxMs),
    ]),
  )
}

function perSecond(rate: number): string {
  return rate >= 100 ? countText(Math.round(rate)) : String(Number(rate.toPrecision(3)))
}
