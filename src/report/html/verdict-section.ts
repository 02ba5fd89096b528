import type { Report } from '../../model/report.ts'
import type { Verdict, VerdictStatus } from '../../model/verdict.ts'
import { evidenceDetails } from './evidence-details.ts'
import { html, type Markup, shortened } from './markup.ts'
import { section } from './section.ts'
import { statusSign } from './status-sign.ts'

const ORDER: readonly VerdictStatus[] = ['fail', 'unknown', 'pass']

/** What was asked and what came of it: what fails first, then what is unknown. */
export function verdictSection({ verdicts, notTested }: Report): Markup {
  const inOrder = ORDER.flatMap((status) => verdicts.filter((verdict) => verdict.status === status))
  const told = new Set<string>()
  const items = inOrder.map((verdict) => {
    const repeated = told.has(verdict.fix)
    told.add(verdict.fix)
    return item(verdict, repeated)
  })
  return section(
    'verdicts',
    'Verdicts',
    html`${items.length === 0 ? html`<p>No verdict was asked for.</p>` : html`<ul class="verdicts">${items}</ul>`}${untested(notTested)}`,
  )
}

/** @param repeated what to do has been said above */
function item({ id, title, status, claim, fix, evidence }: Verdict, repeated: boolean): Markup {
  return html`<li id="verdict-${id}" class="verdict ${status}">
<p class="status">${statusSign(status)}<span>${status}</span></p>
<div><h3>${shortened(title, 200)} <code>${shortened(id, 60)}</code></h3>
<p class="claim">${shortened(claim, 1000)}</p>
${fix === '' || repeated ? null : html`<p class="fix"><b>What to do</b> ${shortened(fix, 1000)}</p>`}
${evidenceDetails(evidence)}</div>
</li>
`
}

/** What was left out, by reason. */
function untested(notTested: Report['notTested']): Markup | null {
  if (notTested.length === 0) return null
  const reasons = [...new Set(notTested.map(({ reason }) => reason))]
  const idsOf = (why: string): string[] => notTested.filter(({ reason }) => reason === why).map(({ id }) => id)
  return html`<dl class="untested">${reasons.map(
    (reason) =>
      html`<div><dt>Not tested (${shortened(reason, 300)})</dt><dd>${idsOf(reason).map((id) => html`<code>${shortened(id, 60)}</code> `)}</dd></div>`,
  )}</dl>`
}
