import type { Report } from '../../model/report.ts'
import { curlText, type RepeatableRequest } from './curl.ts'
import { type Failure, failuresOf } from './failures.ts'
import { html, type Markup, shortened } from './markup.ts'
import { section } from './section.ts'

/** The request that carried a message; undefined: it cannot be made again. */
export type RequestOf = (messageId: string) => RepeatableRequest | undefined

/** What went wrong, one at a time, each with a command that sends it again. */
export function failureSection(report: Report, requestOf: RequestOf): Markup {
  const failures = failuresOf(report)
  const content =
    failures.length === 0
      ? html`<p>No answer other than 2xx was kept, and no verdict names a message.</p>`
      : html`<p class="lead">The first ${failures.length}; failed.ndjson lists each delivery that was not accepted. Where a command names a variable such as <code>$API_KEY</code>, set it to your secret first.</p>
<ul class="failures">${failures.map((failure) => failureItem(failure, requestOf(failure.messageId)))}</ul>`
  return section('failures', 'Failures', content)
}

/** One of them, folded. */
export function failureItem(
  { messageId, kind, about, answer }: Failure,
  request: RepeatableRequest | undefined,
): Markup {
  return html`<li><details><summary><b class="kind">${shortened(kind, 40)}</b> <code>${shortened(messageId, 100)}</code> <span>${about}</span></summary>
${answer === '' ? null : html`<h3>What came back</h3><pre tabindex="0">${answer}</pre>`}
${
  request === undefined
    ? html`<p class="hint">Its request cannot be made again here: another version of squall made it.</p>`
    : html`<h3>The same request again</h3><div class="command"><pre tabindex="0">${curlText(request)}</pre></div>`
}</details></li>
`
}
