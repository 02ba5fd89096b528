import type { VerdictStatus } from '../../model/verdict.ts'
import { html, type Markup } from './markup.ts'

const STROKES: Readonly<Record<VerdictStatus, string>> = {
  pass: 'M5 10.5l3.4 3.4L15 6.8',
  fail: 'M6 6l8 8M14 6l-8 8',
  unknown: 'M7.4 7.6a2.6 2.6 0 1 1 3.6 2.4c-.7.3-1 .8-1 1.6M10 14.6v.1',
}

/** A tick, a cross or a question mark: a form of its own for each status. The word stands beside it. */
export function statusSign(status: VerdictStatus): Markup {
  return html`<svg class="sign ${status}" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="9"/><path d="${STROKES[status]}"/></svg>`
}
