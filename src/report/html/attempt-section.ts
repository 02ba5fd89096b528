import type { Report } from '../../model/report.ts'
import { countText, msText, shareText, spreadText } from '../number-text.ts'
import { momentText } from './axis-text.ts'
import { dataTable } from './data-table.ts'
import { html, type Markup, shortened } from './markup.ts'
import { section } from './section.ts'

const ROWS_MAX = 20

/** What attempts met, and what trying again brought. */
export function attemptSection(report: Report): Markup {
  return section(
    'attempts',
    'Attempts and retries',
    html`<div class="charts two"><div><h3>What came back</h3>${classes(report)}${statuses(report)}</div>
<div><h3>Retries</h3>${retries(report)}${recovery(report)}</div></div>${phases(report)}`,
  )
}

function classes({ classes: counts, counts: { attempts } }: Report): Markup {
  const rows = Object.entries(counts).filter(([, count]) => count > 0)
  return dataTable(
    'Attempts by what came back',
    [
      ['class', 'text'],
      ['attempts', 'number'],
      ['share', 'number'],
    ],
    rows.map(([name, count]) => [name, countText(count), shareText(count / Math.max(1, attempts))]),
  )
}

function statuses({ statuses: all }: Report): Markup {
  const common = Object.entries(all).sort((a, b) => b[1] - a[1])
  const shown = common.slice(0, ROWS_MAX).map(([status, count]) => `${shortened(status, 20)}: ${countText(count)}`)
  const more = common.length > ROWS_MAX ? `, and ${common.length - ROWS_MAX} more` : ''
  return html`<p class="hint">By status: ${shown.join(', ') || 'none was read'}${more}.</p>`
}

function retries({ retries: all, counts }: Report): Markup {
  if (all.scheduled === 0) return html`<p>Nothing had to be tried again.</p>`
  const times = Number((counts.attempts / Math.max(1, counts.sent)).toPrecision(3))
  const rows = all.byAttempt
    .slice(0, ROWS_MAX)
    .map(({ attempt, sent, acked }) => [
      String(attempt),
      countText(sent),
      countText(acked),
      shareText(sent === 0 ? null : acked / sent),
    ])
  const head = ['sent', 'accepted', 'share'].map((name) => [name, 'number'] as const)
  return html`${dataTable('Attempts by their number', [['attempt', 'text'], ...head], rows)}
<p class="hint">${countText(all.scheduled)} scheduled, ${countText(all.recovered)} deliveries accepted at one of them; ${times} attempts for each delivery. Later than scheduled by: ${spreadText(all.delayErrorMs)}.</p>`
}

/** The last stretch of trouble, and whether the endpoint came back from it. */
function recovery({ recovery: last }: Report): Markup | null {
  if (last === null) return null
  const { fromS, causeEndS, wellAtS, tookS } = last
  const cause = causeEndS === null ? '' : ` Its cause was gone at ${momentText(causeEndS)}.`
  const after = tookS === null ? '' : `, ${momentText(tookS)} later`
  const end =
    wellAtS === null ? 'It did not end within the run.' : `All was as before at ${momentText(wellAtS)}${after}.`
  return html`<p class="hint">Trouble began at ${momentText(fromS)}.${cause} ${end}</p>`
}

function phases({ phases: all }: Report): Markup | null {
  if (all.length === 0) return null
  const head = ['from s', 'to s', 'deliveries', 'accepted', 'p50 ms', 'p99 ms', 'max ms']
  return html`<h3>By phase</h3>${dataTable(
    'Phases, latency from due',
    [['phase', 'text'], ...head.map((name) => [name, 'number'] as const)],
    all
      .slice(0, ROWS_MAX)
      .map(({ name, fromS, toS, counts, latencyMs: { fromDue } }) => [
        shortened(name, 60),
        String(Number(fromS.toFixed(3))),
        String(Number(toS.toFixed(3))),
        countText(counts.planned),
        countText(counts.acked),
        ...latencies(fromDue),
      ]),
  )}`
}

function latencies({ p50, p99, max }: Report['phases'][number]['latencyMs']['fromDue']): string[] {
  return [p50, p99, max].map(msText)
}
