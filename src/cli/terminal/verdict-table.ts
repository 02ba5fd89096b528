import type { Report } from '../../model/report.ts'
import type { Verdict, VerdictStatus } from '../../model/verdict.ts'
import type { Paint, Tone } from './colors.ts'
import { renderColumns } from './columns.ts'
import { sanitize } from './sanitize.ts'
import { wrap } from './wrap.ts'

const SIGNS: Readonly<Record<VerdictStatus, string>> = { pass: '✓', fail: '✗', unknown: '?' }
const TONES: Readonly<Record<VerdictStatus, Tone>> = { pass: 'good', fail: 'bad', unknown: 'doubtful' }
const TEXT_MAX = 600

/** The answer in one line: all pass, some fail, or the run cannot tell. */
export function renderHeadline(verdicts: readonly Verdict[], paint: Paint): string {
  const total = verdicts.length
  const [failed, unknown] = [having(verdicts, 'fail'), having(verdicts, 'unknown')]
  const also = unknown > 0 ? `, ${unknown} unknown` : ''
  if (failed > 0) return headline('fail', `FAIL: ${failed} of ${total} verdicts fail${also}`, paint)
  if (unknown > 0) return headline('unknown', `INCONCLUSIVE: ${unknown} of ${total} verdicts unknown`, paint)
  if (total === 0) return headline('unknown', 'NOTHING JUDGED: no verdict was asked for', paint)
  return headline('pass', `PASS: all ${total} verdicts hold`, paint)
}

/** Each verdict: its sign and id, what it says, the claim with its bound, and what to do about it (said once where several share it). What was left out stands below. */
export function renderVerdicts({ verdicts, notTested }: Report, width: number, paint: Paint): string {
  const idWidth = Math.max(...[...verdicts, ...notTested].map(({ id }) => id.length), 1)
  const textWidth = Math.max(20, width - idWidth - 7)
  const told = new Set<string>()
  const rows = verdicts.map((verdict) => {
    const fix = told.has(verdict.fix) ? '' : verdict.fix
    told.add(fix)
    return verdictRow({ ...verdict, fix }, textWidth, paint)
  })
  return renderColumns([...rows, ...leftOut(notTested, textWidth, paint)], ['left', 'left', 'left'], 1)
}

/** One row for a reason that stands alone, one for all that share theirs: nobody asks for everything. */
function leftOut(notTested: Report['notTested'], width: number, paint: Paint): string[][] {
  const reasons = new Map<string, string[]>()
  for (const { id, reason } of notTested) reasons.set(reason, [...(reasons.get(reason) ?? []), id])
  return [...reasons].map(([reason, ids]) => {
    const [only = ''] = ids
    const name = ids.length === 1 ? only : `${ids.length} others`
    const text = `not tested: ${sanitize(reason)}${ids.length === 1 ? '' : ` (${ids.join(', ')})`}`
    const lines = wrap(text, width).map((line) => paint('faint', line))
    return ['–', paint('faint', name), lines.join('\n')]
  })
}

function verdictRow({ id, title, status, claim, fix }: Verdict, width: number, paint: Paint): string[] {
  const lines = [
    ...wrap(sanitize(title), width).map((line) => paint('strong', line)),
    ...wrap(sanitize(claim, TEXT_MAX), width),
    ...(fix === '' ? [] : wrap(`→ ${sanitize(fix, TEXT_MAX)}`, width)),
  ]
  return [paint(TONES[status], SIGNS[status]), paint(TONES[status], id), lines.join('\n')]
}

function headline(status: VerdictStatus, text: string, paint: Paint): string {
  return ` ${paint(TONES[status], `${SIGNS[status]} ${text}`)}`
}

function having(verdicts: readonly Verdict[], status: VerdictStatus): number {
  return verdicts.filter((verdict) => verdict.status === status).length
}
