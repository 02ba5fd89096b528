import { type Content, html, type Markup } from './markup.ts'

/** The sections of the page, in their order: anchors and names. */
export const SECTIONS: readonly (readonly [id: string, name: string])[] = [
  ['verdicts', 'Verdicts'],
  ['evidence', 'Quality of the evidence'],
  ['deliveries', 'Where everything ended'],
  ['timeline', 'Timeline'],
  ['latency', 'Latency'],
  ['attempts', 'Attempts and retries'],
  ['failures', 'Failures'],
  ['method', 'Method'],
]

/** One of `SECTIONS`. */
export function section(id: string, name: string, content: Content): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-name">
<h2 id="${id}-name">${name}</h2>
${content}
</section>`
}
