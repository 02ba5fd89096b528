import type { Readiness, ReadinessCondition } from '../../model/readiness.ts'
import type { RepeatableRequest } from '../html/curl.ts'
import { failureItem } from '../html/failure-section.ts'
import { html, type Markup, shortened } from '../html/markup.ts'
import { section } from '../html/section.ts'
import { refutationsOf } from './refutations.ts'

/** The request that carried a message of an experiment; undefined: it cannot be made again. */
export type RequestOfExperiment = (experiment: string, messageId: string) => RepeatableRequest | undefined

/** For each condition that does not hold: which verdicts say so, and events that show it, each with a command that sends it again. */
export function refutedSection(readiness: Readiness, requestOf: RequestOfExperiment): Markup {
  const refuted = readiness.conditions.filter(({ answer }) => answer === 'no')
  const content =
    refuted.length === 0
      ? html`<p>Nothing that was asked refutes a condition.</p>`
      : html`<p class="lead">Where a command names a variable such as <code>$API_KEY</code>, set it to your secret first. What only a second copy or several events show takes the command twice, or the commands in turn.</p>${refuted.map(
          (condition) => refutedCondition(readiness, condition, requestOf),
        )}`
  return section('refuted', 'What refutes it', content)
}

function refutedCondition(readiness: Readiness, condition: ReadinessCondition, requestOf: RequestOfExperiment): Markup {
  const { id, question } = condition
  const parts = refutationsOf(readiness, condition).map(
    ({ experiment, verdict, events }) => html`<p><a href="#experiment-${experiment}">${experiment}</a>: ${shortened(
      verdict.claim,
      600,
    )}. ${shortened(verdict.fix, 600)}</p>
${
  events.length === 0
    ? html`<p class="hint">No event shows it alone.</p>`
    : html`<ul class="failures">${events.map((event) => failureItem(event, requestOf(experiment, event.messageId)))}</ul>`
}`,
  )
  return html`<h3 id="refuted-${id}">${question}</h3>${parts}`
}
