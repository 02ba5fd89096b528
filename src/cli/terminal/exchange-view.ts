import type { Paint } from './colors.ts'
import { sanitize } from './sanitize.ts'

/** A request and its response as people read them. All of it is text that the endpoint may have written, secrets hidden already. */
export interface ExchangeView {
  readonly url: string
  readonly request: MessageView
  /** Null: none came. */
  readonly response: MessageView | null
  readonly timing: string
  readonly verdict: { readonly tone: 'good' | 'doubtful' | 'bad'; readonly text: string }
}

export interface MessageView {
  readonly startLine: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
  readonly cut: boolean
}

const LINE_MAX = 4000

export function renderExchange(view: ExchangeView, paint: Paint): string {
  const { url, request, response, timing, verdict } = view
  const mark = { good: '✓', doubtful: '!', bad: '✗' }[verdict.tone]
  return `${[
    paint('strong', `Request to ${sanitize(url)}`),
    '',
    ...renderMessage(request, paint),
    '',
    paint('strong', 'Response'),
    '',
    ...(response ? renderMessage(response, paint) : ['   none']),
    '',
    timing,
    `${paint(verdict.tone, mark)} ${sanitize(verdict.text, LINE_MAX)}`,
  ].join('\n')}\n`
}

function renderMessage({ startLine, headers, body, cut }: MessageView, paint: Paint): string[] {
  const lines = [
    paint('strong', sanitize(startLine, LINE_MAX)),
    ...headers.map(([name, value]) => `${paint('faint', `${sanitize(name)}:`)} ${sanitize(value, LINE_MAX)}`),
    ...(body === '' ? [] : ['', ...body.split('\n').map((line) => sanitize(line, LINE_MAX))]),
    ...(cut ? [paint('faint', '… the rest of the body was not read')] : []),
  ]
  return lines.map((line) => `   ${line}`.trimEnd())
}
