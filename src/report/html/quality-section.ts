import type { Report } from '../../model/report.ts'
import { countText, msText, spreadText } from '../number-text.ts'
import { html, type Markup, shortened } from './markup.ts'
import { section } from './section.ts'
import { statusSign } from './status-sign.ts'

const REASONS_MAX = 20

/** Whether the timing can be trusted, and why. */
export function qualitySection({ generator, connections, target }: Report): Markup {
  const sound = generator.timing === 'sound'
  const reasons = generator.reasons.slice(0, REASONS_MAX).map((reason) => html`<li>${shortened(reason, 300)}</li>`)
  return section(
    'evidence',
    'Quality of the evidence',
    html`<p class="quality">${statusSign(sound ? 'pass' : 'unknown')}<span>Timing is <b>${generator.timing}</b>: ${
      sound
        ? 'requests left when they were due, so latencies are the endpoint’s.'
        : 'squall itself held requests up, so latencies are not the endpoint’s alone. Counts and verdicts about content are not touched by this.'
    }</span></p>
${reasons.length === 0 ? null : html`<ul class="reasons">${reasons}</ul>`}
<dl class="facts wide">${facts(generator, connections, target).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`,
  )
}

function facts(
  generator: Report['generator'],
  connections: Report['connections'],
  target: Report['target'],
): (readonly [string, string])[] {
  const { pumpLagMs, slotWaitMs, loopDelayMaxMs, cpuRatio } = generator
  const { opened, reused, closedByPeer, httpVersion, tls } = connections
  const unseen = target.url.startsWith('https:') ? 'TLS of a version not seen' : 'no TLS'
  const known = (n: number | null): string => (n === null ? 'not seen' : countText(n))
  return [
    ['squall’s own lag', spreadText(pumpLagMs)],
    ['waits for a slot (the endpoint’s)', spreadText(slotWaitMs)],
    ['event loop held up, at most', loopDelayMaxMs === null ? 'not seen' : `${msText(loopDelayMaxMs)} ms`],
    ['CPU', cpuRatio === null ? 'not seen' : `${cpuRatio} of a core`],
    ['connections opened', `${known(opened)}; ${known(closedByPeer)} closed by the endpoint`],
    ['requests on open connections', known(reused)],
    [
      'protocol',
      httpVersion === null
        ? 'not seen'
        : `HTTP/${shortened(httpVersion, 10)}, ${tls === null ? unseen : shortened(tls, 30)}`,
    ],
  ]
}
