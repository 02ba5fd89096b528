import type { Readiness } from '../../model/readiness.ts'
import { dataBlock } from '../html/data-block.ts'
import { html, Markup, shortened } from '../html/markup.ts'
import type { ReportAssets } from '../html/report-html.ts'
import { conditionSection } from './condition-section.ts'
import { experimentSection } from './experiment-section.ts'
import { readinessHeadline } from './readiness-headline.ts'
import { readinessMethod } from './readiness-method.ts'
import { GROUPS, readinessAnswer } from './readiness-text.ts'
import { type RequestOfExperiment, refutedSection } from './refuted-section.ts'
import { untestedSection } from './untested-section.ts'

/** `readiness.html`: one file that needs nothing beside it. Text of others is text in it, and nothing more. */
export function readinessHtml(
  readiness: Readiness,
  { script, style }: ReportAssets,
  requestOf: RequestOfExperiment = () => undefined,
): string {
  const policy = `default-src 'none'; script-src 'sha256-${script.sha256}'; style-src 'sha256-${style.sha256}'; base-uri 'none'; form-action 'none'`
  const groups = GROUPS.filter(([id]) => readiness.conditions.some(({ group }) => group === id))
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${readinessAnswer(readiness).text}: ${shortened(readiness.target.url, 80)}, squall</title>
<style>${new Markup(style.text)}</style>
</head>
<body>
<a class="skip" href="#replay">To the conditions</a>
<nav aria-label="Sections"><p class="brand">squall</p><ul>${[...groups, ...LATER].map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ul>
<p class="tools" hidden><button type="button" id="theme">Dark</button> <button type="button" id="print">Print</button></p></nav>
<main>
${readinessHeadline(readiness)}
${groups.map((group) => conditionSection(readiness, group))}
${refutedSection(readiness, requestOf)}
${experimentSection(readiness)}
${untestedSection(readiness)}
${readinessMethod(readiness)}
</main>
${dataBlock('charts', [])}
<script>${new Markup(script.text)}</script>
</body>
</html>
`
  return page.text
}

const LATER: readonly (readonly [id: string, name: string])[] = [
  ['refuted', 'What refutes it'],
  ['experiments', 'Experiments'],
  ['untested', 'Not tested'],
  ['method', 'Method'],
]
