import type { ExperimentResult, Readiness } from '../../model/readiness.ts'
import type { VerdictStatus } from '../../model/verdict.ts'
import { momentText } from '../html/axis-text.ts'
import { html, type Markup, shortened } from '../html/markup.ts'
import { section } from '../html/section.ts'
import { statusSign } from '../html/status-sign.ts'
import { countText } from '../number-text.ts'

const NOTES_MAX = 8

/** What was played, and what came of each. */
export function experimentSection({ experiments }: Readiness): Markup {
  const content =
    experiments.length === 0
      ? html`<p>No experiment was played.</p>`
      : html`<p class="lead">Each has its own folder beside this page, with its ledger and a report of its own.</p><ul class="verdicts">${experiments.map(item)}</ul>`
  return section('experiments', 'Experiments', content)
}

function item(result: ExperimentResult): Markup {
  const { id, title, about, trouble, folder } = result
  const status = worstOf(result)
  return html`<li id="experiment-${id}" class="verdict ${status}">
<p class="status">${statusSign(status)}<span>${status}</span></p>
<div><h3>${title} <code>${id}</code></h3>
<p class="claim">${about}</p>
<p class="hint">${facts(result)}; folder <code>${shortened(folder, 100)}</code></p>
${trouble === '' ? null : html`<p class="fix"><b>No result</b> ${shortened(trouble, 1000)}</p>`}
${told(result)}</div>
</li>
`
}

/** What an experiment amounts to: one without a result has shown nothing. */
function worstOf({ verdicts, trouble }: ExperimentResult): VerdictStatus {
  if (verdicts.some(({ status }) => status === 'fail')) return 'fail'
  return trouble === '' && verdicts.length > 0 && verdicts.every(({ status }) => status === 'pass') ? 'pass' : 'unknown'
}

function facts({ run, events, deliveries }: ExperimentResult): string {
  if (run === null) return 'nothing is on record'
  const sent = `${countText(events)} events in ${countText(deliveries)} requests in ${momentText(run.seconds)}`
  return `${sent}, by ${run.engine}, run ${shortened(run.id, 40)}`
}

function told({ verdicts, notes }: ExperimentResult): Markup | null {
  if (verdicts.length + notes.length === 0) return null
  const lines = [
    ...verdicts.map(({ id, status, claim }) => [`${status}: ${id}`, claim] as const),
    ...notes.slice(0, NOTES_MAX).map(({ atS, text }) => [`at ${momentText(atS)}`, text] as const),
  ]
  return html`<details><summary>${verdicts.length} verdicts</summary><dl class="words">${lines.map(
    ([name, text]) => html`<div><dt>${shortened(name, 80)}</dt><dd>${shortened(text, 600)}</dd></div>`,
  )}</dl></details>`
}
