import { countText } from '../number-text.ts'
import { html, type Markup } from './markup.ts'

/** Something that divides: its parts sum to it. */
export interface Share {
  readonly name: string
  readonly count: number
  readonly mood: 'plain' | 'good' | 'warn' | 'bad'
  readonly parts: readonly Share[]
}

const WIDTH = 540
const NODE = 8
const LABEL = 46
const FULL = 150
const TOP = 8

/** A part in its place. */
interface Placed {
  readonly share: Share
  readonly depth: number
  readonly top: number
  readonly height: number
  readonly children: readonly Placed[]
}

/** A sum that closes, as a picture: the whole at the left flows into its parts; the thickness is the count. */
export function accountFlow(whole: Share, title: string): Markup {
  const depth = depthOf(whole)
  const place = placed(whole, 0, TOP, FULL / Math.max(1, whole.count))
  const height = Math.ceil(bottomOf(place) + 4)
  return html`<svg class="flow" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}: ${sumText(whole)}">
${ribbons(place, depth)}${nodes(place, depth)}
</svg>`
}

/** `10 planned = 9 sent + 1 not sent`, and so on down. */
export function sumText(share: Share): string {
  const divided = share.parts.filter(({ parts }) => parts.length > 0).map(sumText)
  const terms = share.parts.map(({ name, count }) => `${countText(count)} ${name}`).join(' + ')
  return [`${countText(share.count)} ${share.name} = ${terms}`, ...divided].join('; ')
}

/** Each part gets as much room as its thickness or its label needs, whichever is more. */
function placed(share: Share, depth: number, top: number, scale: number): Placed {
  const height = share.count === 0 ? 0 : Math.max(2, share.count * scale)
  const children: Placed[] = []
  let next = top
  for (const part of share.parts) {
    const child = placed(part, depth + 1, next, scale)
    children.push(child)
    next = bottomOf(child)
  }
  return { share, depth, top, height, children }
}

function bottomOf({ top, height, children }: Placed): number {
  return Math.max(top + Math.max(height + 8, LABEL), ...children.map(bottomOf))
}

function depthOf({ parts }: Share): number {
  return parts.length === 0 ? 0 : 1 + Math.max(...parts.map(depthOf))
}

function leftOf(depth: number, deepest: number): number {
  return Math.round((depth * (WIDTH - 130)) / Math.max(1, deepest))
}

function ribbons({ depth, top, height, children }: Placed, deepest: number): Markup[] {
  const [from, to] = [leftOf(depth, deepest) + NODE, leftOf(depth + 1, deepest)]
  const bend = (from + to) / 2
  const whole = children.reduce((sum, child) => sum + child.height, 0) || 1
  let start = top
  return children.flatMap((child) => {
    const thick = (child.height / whole) * height
    const [a, b, c, d] = [start, start + thick, child.top, child.top + child.height].map(tenth)
    start += thick
    const path = `M${from} ${a}C${bend} ${a} ${bend} ${c} ${to} ${c}V${d}C${bend} ${d} ${bend} ${b} ${from} ${b}Z`
    const drawn = child.share.count === 0 ? null : html`<path class="ribbon ${child.share.mood}" d="${path}"/>`
    return drawn === null ? ribbons(child, deepest) : [drawn, ...ribbons(child, deepest)]
  })
}

function nodes(place: Placed, deepest: number): Markup[] {
  const { share, depth, top, height, children } = place
  const left = leftOf(depth, deepest)
  const lower = height < 20 ? 0 : 9
  const nought = share.count === 0 ? 'nought' : share.mood
  return [
    html`<rect class="node ${nought}" x="${left}" y="${tenth(top)}" width="${NODE}" height="${tenth(Math.max(height, 2))}" rx="1.5"/>
<text class="count ${nought}" x="${left + NODE + 6}" y="${tenth(top + 5 + lower)}">${countText(share.count)}</text>
<text class="name" x="${left + NODE + 6}" y="${tenth(top + 24 + lower)}">${share.name}</text>
`,
    ...children.flatMap((child) => nodes(child, deepest)),
  ]
}

function tenth(n: number): number {
  return Math.round(n * 10) / 10
}
