import type { Report } from '../../model/report.ts'
import { accountSection } from './account-section.ts'
import { attemptSection } from './attempt-section.ts'
import type { Chart } from './chart.ts'
import { dataBlock } from './data-block.ts'
import { failureSection, type RequestOf } from './failure-section.ts'
import { headline } from './headline.ts'
import { latencyCharts, latencySection } from './latency-section.ts'
import { html, Markup, shortened } from './markup.ts'
import { methodSection } from './method-section.ts'
import { qualitySection } from './quality-section.ts'
import { SECTIONS } from './section.ts'
import { timelineCharts, timelineSection } from './timeline-section.ts'
import { verdictSection } from './verdict-section.ts'

/** The page's own script and style, ours alone: they go into it as they are. */
export interface ReportAssets {
  readonly script: Asset
  readonly style: Asset
}

export interface Asset {
  readonly text: string
  /** SHA-256 of the text, base64: the page runs and applies nothing else. */
  readonly sha256: string
}

/**
 * `report.html`: one file that needs nothing beside it. It says all without a script too; the script makes charts that one can explore. Text of
 * others is text in it, and nothing more. The same report gives the same bytes.
 * @param requestOf the requests that failures show again
 */
export function reportHtml(report: Report, assets: ReportAssets, requestOf: RequestOf = () => undefined): string {
  const charts = [...timelineCharts(report, 'live'), ...latencyCharts(report)]
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(assets)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${shortened(report.run.scenario, 80)}: ${outcome(report)}, squall report</title>
<style>${new Markup(assets.style.text)}</style>
</head>
<body>
<a class="skip" href="#verdicts">To the verdicts</a>
<nav aria-label="Sections"><p class="brand">squall</p><ul>${SECTIONS.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ul>
<p class="tools" hidden><button type="button" id="theme">Dark</button> <button type="button" id="print">Print</button></p></nav>
<main>
${headline(report)}
${verdictSection(report)}
${qualitySection(report)}
${accountSection(report)}
${timelineSection(report)}
${latencySection(report)}
${attemptSection(report)}
${failureSection(report, requestOf)}
${methodSection(report)}
</main>
${dataBlock('charts', charts.map(drawn))}
<script>${new Markup(assets.script.text)}</script>
</body>
</html>
`
  return page.text
}

function policy({ script, style }: ReportAssets): string {
  return `default-src 'none'; script-src 'sha256-${script.sha256}'; style-src 'sha256-${style.sha256}'; base-uri 'none'; form-action 'none'`
}

function outcome({ verdicts }: Report): string {
  if (verdicts.some(({ status }) => status === 'fail')) return 'fail'
  return verdicts.length > 0 && verdicts.every(({ status }) => status === 'pass') ? 'pass' : 'inconclusive'
}

/** What the script needs of a chart; its words stand in the page already. */
function drawn({ id, x, scale, series, stacked, bands, marks }: Chart): Omit<Chart, 'title' | 'hint'> {
  return { id, x, scale, series, stacked, bands, marks }
}
