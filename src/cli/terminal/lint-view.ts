import type { InventoryLine, LintReport, RuleFindings } from '../../index.ts'
import type { Paint } from './colors.ts'
import { renderColumns } from './columns.ts'
import { count } from './quantities.ts'
import { sanitize } from './sanitize.ts'
import { wrap } from './wrap.ts'

/** What lint found, as a person reads it. Ends with a line break. */
export function renderLint(report: LintReport, width: number, paint: Paint): string {
  const parts = [headline(report, paint), ...report.findings.map((finding) => findingLines(finding, width, paint))]
  if (report.inventory !== null) parts.push(inventoryLines(report.inventory, paint))
  return `${parts.join('\n\n')}\n`
}

function headline({ errors, warnings, events, requests, lines, malformed }: LintReport, paint: Paint): string {
  const read = [amount(events, 'event'), ...(requests > 0 ? [amount(requests, 'request')] : [])].join(', ')
  const of = `${read} in ${amount(lines, 'line')}${malformed > 0 ? `, ${count(malformed)} malformed` : ''}`
  const found = `${amount(errors, 'error')}, ${amount(warnings, 'warning')}`
  if (errors > 0) return ` ${paint('bad', `✗ ${found}`)} in ${of}`
  if (warnings > 0) return ` ${paint('doubtful', `! ${found}`)} in ${of}`
  return ` ${paint('good', '✓ nothing found')} in ${of}`
}

function findingLines(
  { rule, severity, count: times, says, mend, examples }: RuleFindings,
  width: number,
  paint: Paint,
): string {
  const [sign, tone] = severity === 'error' ? (['✗', 'bad'] as const) : (['!', 'doubtful'] as const)
  const indented = (text: string): string[] => wrap(text, width - 6).map((line) => `   ${line}`)
  const rows = examples.map(({ line, pointer, detail }) => [
    `line ${line}`,
    sanitize(pointer === '' ? '(all of it)' : pointer, 80),
    sanitize(detail, 120),
  ])
  return [
    ` ${paint(tone, `${sign} ${rule}`)} ${paint('faint', `× ${count(times)}`)}`,
    ...indented(says),
    renderColumns(rows, ['left', 'left', 'left'], 5),
    ...(times > examples.length ? [`     ${paint('faint', `and ${count(times - examples.length)} more`)}`] : []),
    ...indented(`→ ${mend}`),
  ].join('\n')
}

function inventoryLines(inventory: readonly InventoryLine[], paint: Paint): string {
  const rows = inventory.map(({ type, event, spec, count: times }) => [
    sanitize(type === '' ? '?' : type, 20),
    sanitize(event, 80),
    count(times),
    spec === '' ? '' : `Spec: ${spec}`,
  ])
  return ` ${paint('strong', 'Events sent')}\n${renderColumns([['call', 'event', 'count', ''], ...rows], ['left', 'left', 'right', 'left'])}`
}

function amount(n: number, noun: string): string {
  return `${count(n)} ${noun}${n === 1 ? '' : 's'}`
}
