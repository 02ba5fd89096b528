import type { SuitePlan } from '../../experiments/prove.ts'
import type { Readiness, ReadinessAnswer, ReadinessCondition } from '../../model/readiness.ts'
import type { Paint, Tone } from './colors.ts'
import { renderColumns } from './columns.ts'
import { clock, count } from './quantities.ts'
import { sanitize } from './sanitize.ts'
import { wrap } from './wrap.ts'

const SIGNS: Readonly<Record<ReadinessAnswer, readonly [string, Tone]>> = {
  yes: ['✓', 'good'],
  no: ['✗', 'bad'],
  unknown: ['?', 'doubtful'],
}
const LACKS_MAX = 2

/** What would be sent and how long it takes. Ends with a line break. */
export function renderSuitePlan(
  { steps, notTested, ...sums }: SuitePlan,
  target: string,
  width: number,
  paint: Paint,
): string {
  const rows = steps.map(({ experiment: { id, title, about }, events, deliveries, seconds }) => [
    paint('strong', id),
    clock(seconds * 1000),
    `${count(events)} events`,
    `${count(deliveries)} requests`,
    wrap(`${title}. ${about}`, Math.max(30, width - 60)).join('\n'),
  ])
  const left = leftRows(notTested, width, paint)
  const total = `${count(sums.events)} events in ${count(sums.deliveries)} requests to ${sanitize(target, 200)}, in about ${clock(sums.seconds * 1000)}`
  const parts = [
    ` ${paint('strong', `${steps.length} experiments`)}: ${total}`,
    renderColumns(rows, ['left', 'right', 'right', 'right', 'left'], 1),
    left.length === 0 ? '' : ` ${paint('strong', 'Not tested')}\n${renderColumns(left, ['left', 'left'], 1)}`,
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

export interface SuiteView {
  readonly width: number
  readonly paint: Paint
  /** The document's answer, in a line. */
  readonly answer: string
  /** Where the document stands. */
  readonly path: string
}

/** What the suite found: each condition and why, then what was not tested. Ends with a line break. */
export function renderReadiness({ conditions, notTested, figures }: Readiness, view: SuiteView): string {
  const { paint, answer, path } = view
  const width = Math.min(120, Math.max(80, view.width))
  const refuted = conditions.some((one) => one.answer === 'no')
  const open = conditions.some((one) => one.answer === 'unknown')
  const [sign, tone] = SIGNS[refuted ? 'no' : open ? 'unknown' : 'yes']
  const rows = conditions.map((condition) => conditionRow(condition, width - 6, paint))
  const left = leftRows(notTested, width, paint)
  const parts = [
    ` ${paint(tone, `${sign} ${answer}`)}`,
    renderColumns(rows, ['left', 'left'], 1),
    left.length === 0 ? '' : ` ${paint('strong', 'Not tested')}\n${renderColumns(left, ['left', 'left'], 1)}`,
    ` ${count(figures.events)} events in ${count(figures.deliveries)} requests`,
    ` ${paint('strong', 'Document')}  ${path}`,
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function conditionRow(condition: ReadinessCondition, width: number, paint: Paint): string[] {
  const { answer, question, evidence, lacks, mend } = condition
  const [sign, tone] = SIGNS[answer]
  const first = evidence.find(({ status }) => status === (answer === 'no' ? 'fail' : 'pass'))
  const lines = [
    ...wrap(question, width).map((line) => paint('strong', line)),
    ...(first === undefined ? [] : wrap(sanitize(`${first.claim} (${first.experiment})`, 500), width)),
    ...(answer === 'unknown'
      ? lacks.slice(0, LACKS_MAX).flatMap((lack) => wrap(`→ ${sanitize(lack, 400)}`, width))
      : []),
    ...(mend === '' ? [] : wrap(`→ ${mend}`, width)),
  ]
  return [paint(tone, sign), lines.join('\n')]
}

/** What was left out, by reason. */
function leftRows(notTested: Readiness['notTested'], width: number, paint: Paint): string[][] {
  const reasons = [...new Set(notTested.map(({ reason }) => reason))]
  return reasons.map((reason) => {
    const ids = notTested.filter((one) => one.reason === reason).map(({ id }) => id)
    const lines = [...wrap(paint('faint', ids.join(', ')), width - 6), ...wrap(sanitize(reason), width - 6)]
    return ['–', lines.join('\n')]
  })
}
