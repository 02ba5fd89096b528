import type { Report } from '../../model/report.ts'
import type { VerdictStatus } from '../../model/verdict.ts'
import { countText, msText, shareText } from '../number-text.ts'
import { momentText } from './axis-text.ts'
import { type Content, html, type Markup, shortened } from './markup.ts'
import { statusSign } from './status-sign.ts'

/** The answer, what it is about, and the six figures that people ask for first. */
export function headline(report: Report): Markup {
  const { run, target, counts } = report
  const { status, text, rest } = answer(report)
  const seconds = (Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000
  const about = [
    `${countText(counts.messages)} messages in ${momentText(seconds)}`,
    `${run.startedAt.slice(0, 16).replace('T', ' ')} UTC`,
    `run ${shortened(run.id, 40)}`,
    `seed ${run.seed}`,
  ]
  return html`<header class="top ${status}">
<p class="subject"><b>${shortened(run.scenario, 80)}</b> against <code>${shortened(target.url, 200)}</code></p>
<h1>${statusSign(status)}<span>${text}</span></h1>
${rest === null ? null : html`<p class="rest">${rest}</p>`}
<p class="about">${about.map((part) => html`<span>${part}</span>`)}</p>
</header>
<dl class="figures">${figures(report)}</dl>`
}

interface Answer {
  readonly status: VerdictStatus
  readonly text: string
  readonly rest: Content
}

function answer({ verdicts }: Report): Answer {
  const having = (status: VerdictStatus): string[] =>
    verdicts.filter((verdict) => verdict.status === status).map(({ id }) => id)
  const [failed, unknown, total] = [having('fail'), having('unknown'), verdicts.length]
  const also = unknown.length > 0 ? html`; unknown: ${links(unknown)}` : null
  if (failed.length > 0)
    return {
      status: 'fail',
      text: `Fail: ${failed.length} of ${total} verdicts`,
      rest: html`Failing: ${links(failed)}${also}`,
    }
  if (unknown.length > 0)
    return {
      status: 'unknown',
      text: `Inconclusive: ${unknown.length} of ${total} verdicts unknown`,
      rest: 'What cannot be known is no pass: see what each of them is missing.',
    }
  if (total === 0) return { status: 'unknown', text: 'Nothing judged', rest: 'No verdict was asked for.' }
  return {
    status: 'pass',
    text: total === 1 ? 'Pass: the verdict holds' : `Pass: all ${total} verdicts hold`,
    rest: null,
  }
}

function links(ids: readonly string[]): Content {
  return ids.map((id, i) => html`${i === 0 ? '' : ', '}<a href="#verdict-${id}">${shortened(id, 60)}</a>`)
}

function figures(report: Report): Markup[] {
  const { counts, rate, latencyMs, classes, successRatio, serverErrorRatio, audit, generator } = report
  const { fromDue } = latencyMs
  return [
    figure(
      'Accepted in the end',
      shareText(successRatio.final),
      `${countText(counts.acked)} of ${countText(counts.sent)} deliveries`,
    ),
    figure(
      'Lost',
      audit.lost === null ? 'unknown' : countText(audit.lost),
      `of ${countText(audit.expected)} that must exist${audit.discarded ? `; ${countText(audit.discarded)} more discarded` : ''}`,
      lostMood(audit.lost === null ? null : audit.lost + (audit.discarded ?? 0)),
    ),
    figure(
      'Rate',
      html`${rateText(rate.achievedPerSecond)}<small>/s</small>`,
      `asked for ${rateText(rate.targetPerSecond)}/s`,
    ),
    figure(
      fromDue.p99 === null ? 'Longest latency' : 'p99 from due',
      html`${msText(fromDue.p99 ?? fromDue.max)}<small> ms</small>`,
      `p50 ${msText(fromDue.p50)}, max ${msText(fromDue.max)}`,
    ),
    figure(
      'Server errors',
      shareText(serverErrorRatio),
      `${countText(classes['5xx'])} of ${countText(counts.attempts)} attempts`,
    ),
    figure(
      'Timing',
      generator.timing,
      generator.timing === 'sound' ? 'squall kept its schedule' : 'squall itself was late',
      generator.timing === 'sound' ? 'calm' : 'doubtful',
    ),
  ]
}

type Mood = 'calm' | 'bad' | 'doubtful'

function lostMood(lost: number | null): Mood {
  if (lost === null) return 'doubtful'
  return lost > 0 ? 'bad' : 'calm'
}

function rateText(perSecond: number): string {
  return perSecond >= 1000 ? countText(Math.round(perSecond)) : String(Number(perSecond.toFixed(1)))
}

function figure(name: string, value: Content, about: string, mood: Mood = 'calm'): Markup {
  return html`<div class="${mood}"><dt>${name}</dt><dd class="value">${value}</dd><dd class="about">${about}</dd></div>`
}
