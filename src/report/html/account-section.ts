import type { Report } from '../../model/report.ts'
import { countText, shareText } from '../number-text.ts'
import { accountFlow, type Share, sumText } from './account-flow.ts'
import { html, type Markup } from './markup.ts'
import { section } from './section.ts'

/** Where each delivery and each message ended: two sums that close. */
export function accountSection(report: Report): Markup {
  const { counts, successRatio } = report
  const [deliveries, messages] = [deliveryShare(counts), messageShare(report)]
  return section(
    'deliveries',
    'Where everything ended',
    html`<div class="flows">
<figure><figcaption><h3>Deliveries</h3><p>Accepted at the first attempt: ${shareText(successRatio.firstAttempt)}; in the end: ${shareText(successRatio.final)}.</p></figcaption>
${accountFlow(deliveries, 'Deliveries')}<p class="sum">${sums(deliveries)}</p></figure>
<figure><figcaption><h3>Messages, held against the store</h3><p>${sourceText(report)}</p></figcaption>
${accountFlow(messages, 'Messages')}<p class="sum">${sums(messages)}</p></figure>
</div>
${oddities(report)}
<p class="hint">A message <b>must exist</b> once a copy of it was accepted; it <b>may exist</b> when it was sent and no copy was. Copies: ${countText(counts.copies.first)} first, ${countText(counts.copies.duplicate)} duplicate, ${countText(counts.copies.replay)} replay.</p>`,
  )
}

function deliveryShare(counts: Report['counts']): Share {
  const { planned, sent, notSent } = counts
  const ends = [
    leaf('accepted', counts.acked, 'good'),
    leaf('rejected', counts.rejected - (counts.rejectedAsExpected ?? 0), 'bad'),
    leaf('rejected as it should', counts.rejectedAsExpected ?? 0, 'good'),
    leaf('exhausted', counts.exhausted, 'bad'),
    leaf('ambiguous', counts.ambiguous, 'warn'),
    leaf('abandoned', counts.abandoned, 'warn'),
  ]
  const shown = ends.filter(({ count, name }) => count > 0 || name === 'accepted')
  return {
    name: 'planned',
    count: planned,
    mood: 'plain',
    parts: [{ name: 'sent', count: sent, mood: 'plain', parts: shown }, leaf('not sent', notSent, 'warn')],
  }
}

function messageShare({ audit, counts }: Report): Share {
  const { expected, lost, discarded = 0, mayFound, mayAbsent, unwelcome = 0 } = audit
  const may = lost === null ? Math.max(0, counts.messages - expected - unwelcome) : (mayFound ?? 0) + (mayAbsent ?? 0)
  const must = [
    leaf('found', expected - discarded - (lost ?? 0), 'good'),
    ...(audit.discarded === undefined ? [] : [leaf('discarded', discarded, 'bad')]),
    leaf('lost', lost ?? 0, 'bad'),
  ]
  const perhaps = [leaf('found', mayFound ?? 0, 'plain'), leaf('absent', mayAbsent ?? 0, 'plain')]
  const read = lost !== null
  return {
    name: 'sent',
    count: expected + may + unwelcome,
    mood: 'plain',
    parts: [
      {
        name: 'must exist',
        count: expected,
        mood: 'good',
        parts: read ? must : [leaf('nobody looked', expected, 'warn')],
      },
      { name: 'may exist', count: may, mood: 'warn', parts: read && may > 0 ? perhaps : [] },
      ...mustNot(audit),
    ],
  }
}

/** What a sound receiver refuses. */
function mustNot({ unwelcome = 0, unwelcomeFound: found }: Report['audit']): Share[] {
  if (unwelcome === 0) return []
  const parts = found == null ? [] : [leaf('absent', unwelcome - found, 'good'), leaf('found', found, 'bad')]
  return [{ name: 'must not exist', count: unwelcome, mood: 'plain', parts }]
}

function leaf(name: string, count: number, mood: Share['mood']): Share {
  return { name, count, mood, parts: [] }
}

function sums(share: Share): Markup[] {
  return sumText(share)
    .split('; ')
    .map((text) => html`<span>${text}</span>`)
}

function sourceText({ audit }: Report): string {
  if (audit.lost !== null) return `What the endpoint’s own store says (read by ${audit.source}).`
  return audit.source === 'none'
    ? 'No receipts were read: what was stored is unknown.'
    : `The receipts (${audit.source}) could not be read: what was stored is unknown.`
}

/** What the store holds beside what it should. */
function oddities({ audit }: Report): Markup | null {
  if (audit.lost === null) return null
  const all = [
    ['stored more than once', audit.duplicated],
    ['never sent, but there', audit.phantom],
    ['altered', audit.altered],
    ['misdated', audit.misdated],
    ['rejected, but there', audit.rejectedFound],
  ] as const
  return html`<dl class="oddities">${all.map(
    ([name, count]) =>
      html`<div class="${count ? 'some' : 'none'}"><dt>${name}</dt><dd>${count === null ? '–' : countText(count)}</dd></div>`,
  )}</dl>`
}
