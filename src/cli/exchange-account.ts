import type { Exchanged } from '../adapters/one-exchange.ts'
import type { OutgoingRequest } from '../model/world.ts'
import type { SecretMask } from './secret-mask.ts'
import type { SegmentReaction } from './segment-reaction.ts'
import type { ExchangeView, MessageView } from './terminal/exchange-view.ts'

/** An exchange as data, secrets hidden: what `squall send --json` prints. */
export interface ExchangeAccount {
  readonly url: string
  readonly request: MessageView
  readonly response: (MessageView & { readonly status: number }) | null
  readonly timingMs: Exchanged['timingMs']
  readonly outcome: { readonly class: string; readonly detail: string }
  readonly segment: SegmentReaction
}

export function accountOf(
  url: URL,
  { body }: OutgoingRequest,
  { requestHead, answer, outcome, timingMs }: Exchanged,
  segment: SegmentReaction,
  mask: SecretMask,
): ExchangeAccount {
  const [startLine = '', ...lines] = requestHead === '' ? ['nothing was sent'] : requestHead.split('\r\n')
  const headers = lines.map((line) => pairOf(line, mask))
  return {
    url: mask.text(url.href),
    request: { startLine: mask.text(startLine), headers, body: readable(body, mask), cut: false },
    response: answer && {
      status: answer.status,
      startLine: mask.text(`${answer.status} ${answer.reason}`.trim()),
      headers: pairsOf(answer.headers, mask),
      body: readable(answer.body, mask),
      cut: answer.cut,
    },
    timingMs: { ...timingMs },
    outcome: { class: outcome.class, detail: mask.text(outcome.detail) },
    segment,
  }
}

function pairOf(line: string, mask: SecretMask): [name: string, value: string] {
  const colon = line.indexOf(':')
  const name = line.slice(0, colon)
  return [name, mask.header(name, line.slice(colon + 1).trim())]
}

function pairsOf(headers: readonly string[], mask: SecretMask): [name: string, value: string][] {
  return headers.flatMap((name, i) => (i % 2 === 0 ? [[name, mask.header(name, headers[i + 1] ?? '')]] : []))
}

/** JSON is indented; anything else stands as it came. Masked before and after: JSON may spell a secret with escapes. */
function readable(body: Uint8Array, mask: SecretMask): string {
  const text = mask.text(new TextDecoder().decode(body))
  try {
    return mask.text(JSON.stringify(JSON.parse(text), null, 2))
  } catch {
    return text
  }
}

/** The same for people. */
export function viewOf({ url, request, response, timingMs, outcome, segment }: ExchangeAccount): ExchangeView {
  return { url, request, response, timing: timingText(timingMs), verdict: verdictOf(segment, outcome.detail) }
}

function timingText({ connected, firstByte, total }: Exchanged['timingMs']): string {
  const parts = [
    connected === null ? 'never connected' : `connected after ${ms(connected)}`,
    ...(firstByte === null ? [] : [`first byte after ${ms(firstByte)}`]),
    `over after ${ms(total)}`,
  ]
  return parts.join(' · ')
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`
}

function verdictOf({ who, does, why, retryInS }: SegmentReaction, detail: string): ExchangeView['verdict'] {
  const because = detail === '' ? why : `${why} (${detail})`
  if (does === 'accept') return { tone: 'good', text: `accepted: to ${who} ${because}` }
  if (does === 'discard') return { tone: 'bad', text: `${who} would discard it: ${because}` }
  return { tone: 'doubtful', text: `${who} would try again in about ${retryInS} s: ${because}` }
}
