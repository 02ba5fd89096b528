import type { Readiness, ReadinessCondition } from '../../model/readiness.ts'
import { dataTable } from '../html/data-table.ts'
import { html, type Markup, shortened } from '../html/markup.ts'
import { section } from '../html/section.ts'
import { statusSign } from '../html/status-sign.ts'
import { becauseText, type GROUPS, STATUS_OF } from './readiness-text.ts'

const LACKS_MAX = 4

/** One group of conditions: what refutes readiness in it stands where it always stands, so that documents can be compared. */
export function conditionSection({ conditions }: Readiness, [id, name, about]: (typeof GROUPS)[number]): Markup {
  const items = conditions.filter(({ group }) => group === id).map(item)
  return section(id, name, html`<p class="lead">${about}</p><ul class="verdicts">${items}</ul>`)
}

function item(condition: ReadinessCondition): Markup {
  const { id, question, answer, mend, lacks } = condition
  const status = STATUS_OF[answer]
  return html`<li id="condition-${id}" class="verdict ${status}">
<p class="status">${statusSign(status)}<span>${answer}</span></p>
<div><h3>${question}</h3>
<p class="claim">${shortened(becauseText(condition), 1000)}</p>
${mend === '' ? null : html`<p class="fix"><b>How partners usually mend it</b> ${mend} <a href="#refuted-${id}">What refutes it</a></p>`}
${answer === 'unknown' && lacks.length > 0 ? lacking(lacks) : null}
${evidence(condition)}</div>
</li>
`
}

function lacking(lacks: readonly string[]): Markup {
  const more = lacks.length > LACKS_MAX ? ` And ${lacks.length - LACKS_MAX} more.` : ''
  const shown = lacks.slice(0, LACKS_MAX).map((lack) => html`${shortened(lack, 400)}. `)
  return html`<p class="fix"><b>What is missing</b> ${shown}${more}</p>`
}

function evidence({ question, evidence: rows }: ReadinessCondition): Markup | null {
  if (rows.length === 0) return null
  const cells = rows.map(({ experiment, verdict, status, claim }) => [
    html`<a href="#experiment-${experiment}">${experiment}</a>`,
    verdict,
    status,
    shortened(claim, 400),
  ])
  const columns = ['experiment', 'verdict', 'status', 'what was found'].map((name) => [name, 'text'] as const)
  return html`<details><summary>Evidence from ${rows.length} ${rows.length === 1 ? 'verdict' : 'verdicts'}</summary>${dataTable(
    `Evidence: ${question}`,
    columns,
    cells,
  )}</details>`
}
