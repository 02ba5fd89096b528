import type { Readiness } from '../../model/readiness.ts'
import { type Content, html, type Markup, shortened } from '../html/markup.ts'
import { statusSign } from '../html/status-sign.ts'
import { countText, msText } from '../number-text.ts'
import { lengthText, readinessAnswer } from './readiness-text.ts'

/** The answer, whom it is about, and the figures that Segment asks partners for. */
export function readinessHeadline(readiness: Readiness): Markup {
  const { suite, target, figures, environment } = readiness
  const { status, text } = readinessAnswer(readiness)
  const about = [
    `${suite.startedAt.slice(0, 16).replace('T', ' ')} UTC`,
    `${countText(figures.events)} events in ${countText(figures.deliveries)} requests`,
    `seed ${suite.seed}`,
    `squall ${shortened(environment.squall, 40)}`,
  ]
  return html`<header class="top ${status}">
<p class="subject"><b>Replay readiness</b> of <code>${shortened(target.url, 200)}</code></p>
<h1>${statusSign(status)}<span>${text}</span></h1>
${rest(readiness)}
<p class="about">${about.map((part) => html`<span>${part}</span>`)}</p>
</header>
<dl class="figures">${figuresOf(readiness)}</dl>`
}

function rest({ conditions, suite, notTested }: Readiness): Content {
  const wanted = conditions.some(({ answer }) => answer === 'no') ? 'no' : 'unknown'
  const named = conditions.filter(({ answer }) => answer === wanted)
  const links = named.map(
    ({ id, question }, i) => html`${i === 0 ? '' : '; '}<a href="#condition-${id}">${question}</a>`,
  )
  const left = notTested.length === 0 ? '' : `${notTested.length} things were not tested: see the reasons below.`
  const cut = suite.complete ? '' : 'The suite was stopped before its end. '
  return html`${links.length === 0 ? null : html`<p class="rest">${wanted === 'no' ? 'Refuted' : 'Unknown'}: ${links}.</p>`}${
    `${cut}${left}` === '' ? null : html`<p class="about">${cut}${left}</p>`
  }`
}

function figuresOf({ figures }: Readiness): Markup[] {
  const { declaredPerSecond, measuredPerSecond, latencyP99Ms, oldestTimestamp, dedupeKey, longestSpanMs } = figures
  return [
    figure(
      'Declared rate',
      perSecond(declaredPerSecond),
      declaredPerSecond === null ? 'give --declared-rate' : 'asked for',
    ),
    figure('Measured rate', perSecond(measuredPerSecond), 'the highest that was accepted'),
    figure('Oldest timestamp', oldestTimestamp?.slice(0, 10) ?? 'not shown', 'taken, kept and rightly dated'),
    figure('Known by', dedupeKey ?? 'not shown', 'the key of duplicates'),
    figure(
      'Longest span',
      longestSpanMs === null ? 'not shown' : lengthText(longestSpanMs),
      'between two copies, at least',
    ),
    figure(
      'p99',
      latencyP99Ms === null ? '–' : html`${msText(latencyP99Ms)}<small> ms</small>`,
      'of steady traffic, from send',
    ),
  ]
}

function perSecond(rate: number | null): Content {
  return rate === null ? 'not shown' : html`${countText(Math.floor(rate))}<small>/s</small>`
}

function figure(name: string, value: Content, about: string): Markup {
  const size = typeof value === 'string' ? ' told' : ''
  return html`<div class="${value === 'not shown' ? 'doubtful' : 'calm'}${size}"><dt>${name}</dt><dd class="value">${value}</dd><dd class="about">${about}</dd></div>`
}
