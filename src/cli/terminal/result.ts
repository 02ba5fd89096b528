import type { Report, Spread } from '../../model/report.ts'
import { renderAccounts } from './account-table.ts'
import { renderAnswers, renderRetries, renderSamples } from './answer-table.ts'
import type { Paint } from './colors.ts'
import { renderColumns } from './columns.ts'
import { renderLatencies } from './latency-table.ts'
import { clock, count, millis, percent, rate } from './quantities.ts'
import { sanitize } from './sanitize.ts'
import { renderHeadline, renderVerdicts } from './verdict-table.ts'
import { wrap } from './wrap.ts'

export interface ResultView {
  /** Cells of the terminal; laid out for 80 to 120. */
  readonly width: number
  readonly paint: Paint
  /** Where the report stands. */
  readonly reportPath: string
  /** The command that suggests itself next. */
  readonly next: string
}

/** A run's result as a person reads it: the verdicts first, then what they rest on. Ends with a line break. */
export function renderResult(report: Report, view: ResultView): string {
  const { paint } = view
  const width = Math.min(120, Math.max(80, view.width))
  const parts = [
    `${runLines(report, width, paint)}\n\n${renderHeadline(report.verdicts, paint)}`,
    renderVerdicts(report, width, paint),
    part('Accounts', renderAccounts(report, width), paint),
    report.counts.attempts > 0 ? part('Latency', renderLatencies(report, paint), paint) : '',
    report.counts.attempts > 0 ? part('Answers', renderAnswers(report, width, paint), paint) : '',
    report.retries.scheduled > 0 ? part(retryTitle(report), renderRetries(report, paint), paint) : '',
    report.answers.some(({ expected }) => !expected) ? part('Seen', renderSamples(report, width), paint) : '',
    report.notes.length > 0 ? part('On the way', noteLines(report, width), paint) : '',
    footer(report, view, width),
  ]
  return `${parts.filter((text) => text !== '').join('\n\n')}\n`
}

function runLines({ run, target, counts, rate: rates }: Report, width: number, paint: Paint): string {
  const lasted = Date.parse(run.endedAt) - Date.parse(run.startedAt)
  const who = [run.scenario, `run ${run.id}`, `seed ${run.seed}`, run.profile, run.engine.name].map((text) =>
    sanitize(text, 40),
  )
  const what = `${count(counts.planned)} deliveries in ${clock(lasted)}, ${rate(rates.achievedPerSecond)} of ${rate(rates.targetPerSecond)}`
  const where = sanitize(target.url, width - 4)
  const lines = [where, what].join(' · ').length < width ? [`${where} · ${what}`] : [where, what]
  return [
    ` ${paint('strong', 'squall')} · ${who.join(' · ')}`,
    ...lines.map((line) => ` ${paint('faint', line)}`),
  ].join('\n')
}

function part(title: string, body: string, paint: Paint): string {
  return ` ${paint('strong', title)}\n${body}`
}

function retryTitle({ retries }: Report): string {
  const { scheduled, recovered, amplification, delayErrorMs } = retries
  const late = delayErrorMs.p99 === null ? '' : `, ${millis(delayErrorMs.p99)} ms off at p99`
  const times = amplification === null ? '' : `, ${amplification.toFixed(2)} attempts each`
  return `Retries: ${count(scheduled)} scheduled, ${count(recovered)} recovered${times}${late}`
}

function noteLines({ notes }: Report, width: number): string {
  return notes.map(({ atS, text }) => `   ${clock(atS * 1000)}  ${sanitize(text, width - 11)}`).join('\n')
}

function footer(report: Report, { reportPath, next, paint }: ResultView, width: number): string {
  const rows = [
    ['Evidence', wrap(evidence(report), width - 12).join('\n')],
    ['Report', reportPath],
    ['Next', next],
  ].map(([name = '', text = '']) => [paint('strong', name), text])
  return renderColumns(rows, ['left', 'left'], 1)
}

/** How good the evidence is: whether the generator itself was on time. */
function evidence({ generator, counts }: Report): string {
  if (counts.attempts === 0) return 'nothing was sent'
  const { timing, reasons, pumpLagMs, loopDelayMaxMs, cpuRatio } = generator
  const figures = [
    pumpLagText(pumpLagMs),
    ...(loopDelayMaxMs === null ? [] : [`event loop held ${millis(loopDelayMaxMs)} ms at most`]),
    ...(cpuRatio === null ? [] : [`CPU ${percent(cpuRatio)}`]),
  ]
  if (timing === 'sound') return `timing sound: ${figures.join(', ')}`
  return `timing doubtful: ${reasons.map((reason) => sanitize(reason)).join('; ')} (${figures.join(', ')})`
}

/** Of few requests no more is known than the longest. */
function pumpLagText({ p99, max }: Spread): string {
  return p99 === null
    ? `pump lag ${millis(max)} ms at most`
    : `pump lag ${millis(p99)} ms at p99, ${millis(max)} at most`
}
