import { axisText } from './axis-text.ts'
import { bandRows, type Chart, stackedValues } from './chart.ts'
import { html, type Markup } from './markup.ts'
import { linearScale, logScale, type Scale, timeScale } from './scale.ts'

const WIDTH = 720
const HEIGHT = 230
const LEFT = 58
const RIGHT = 12
const ROW = 17
const BOTTOM = 26

/** A chart as a still picture: for print, and where no script runs. */
export function svgChart(chart: Chart): Markup {
  const stacks = stackedValues(chart)
  const [x, y] = [xScale(chart), yScale(chart, stacks)]
  const top = ROW * (1 + Math.max(0, ...bandRows(chart.bands).map((row) => row + 1)))
  const across = (value: number): number => round(LEFT + x.place(value) * (WIDTH - LEFT - RIGHT))
  const up = (value: number): number => round(HEIGHT - BOTTOM - y.place(value) * (HEIGHT - top - BOTTOM))
  return html`<svg class="still chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${chart.title}. ${chart.hint}">
${bands(chart, across)}${grid(chart, x, y, across, up)}${stacks.map((values, i) => shape(chart, i, values, stacks[i - 1], across, up)).reverse()}${marks(chart, across, top)}
</svg>`
}

function xScale({ x }: Chart): Scale {
  const last = x.values.at(-1) ?? 1
  return x.kind === 'time' ? timeScale(Math.max(last, 1)) : linearScale(0, Math.max(last, 1), 5)
}

function yScale({ scale }: Chart, stacks: readonly (readonly (number | null)[])[]): Scale {
  const known = stacks.flat().filter((value): value is number => value !== null)
  const greatest = known.reduce((most, value) => Math.max(most, value), 0)
  if (scale === 'linear') return linearScale(0, greatest || 1, 4)
  const least = known.reduce((less, value) => (value > 0 ? Math.min(less, value) : less), greatest || 1)
  return logScale(least, Math.max(greatest, least))
}

/** A strip for each stretch with a name, above the picture. */
function bands({ bands: all }: Chart, across: Place): Markup[] {
  const rows = bandRows(all)
  return all.map(({ name, from, to }, i) => {
    const [left, width, top] = [across(from), across(to) - across(from), (rows[i] ?? 0) * ROW]
    const label =
      width > name.length * 7 + 8 ? html`<text class="band" x="${left + 5}" y="${top + 11}">${name}</text>` : null
    return html`<rect class="band" x="${left}" y="${top}" width="${round(Math.max(1, width - 1))}" height="14" rx="2"/>${label}`
  })
}

type Place = (value: number) => number

function grid({ x: { kind } }: Chart, x: Scale, y: Scale, across: Place, up: Place): Markup[] {
  const lines = y.ticks.map(
    (tick) =>
      html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${up(tick)}" y2="${up(tick)}"/><text class="tick" x="${LEFT - 7}" y="${up(tick) + 4}" text-anchor="end">${axisText(tick, 'value')}</text>`,
  )
  const below = x.ticks.map(
    (tick) =>
      html`<text class="tick" x="${across(tick)}" y="${HEIGHT - 8}" text-anchor="middle">${axisText(tick, kind)}</text>`,
  )
  return [...lines, ...below]
}

function shape(
  { x, series, stacked }: Chart,
  i: number,
  values: readonly (number | null)[],
  below: readonly (number | null)[] | undefined,
  across: Place,
  up: Place,
): Markup {
  const tone = series[i]?.tone ?? 'plain'
  const points = values.map((value, n) => (value === null ? null : ([across(x.values[n]!), up(value)] as const)))
  if (!stacked) return html`<path class="line tone-${tone}" d="${linePath(points)}"/>`
  const floor = x.values.map((at, n) => [across(at), up(below?.[n] ?? 0)] as const).reverse()
  return html`<path class="area tone-${tone}" d="${linePath(points)}${linePath(floor).replace('M', 'L')}Z"/>`
}

/** A line that breaks where nothing is known. A point that stands alone is drawn as a short stroke. */
function linePath(points: readonly (readonly [number, number] | null)[]): string {
  return points
    .map((point, i) => {
      if (point === null) return ''
      const [alone, first] = [!points[i + 1] && !points[i - 1], !points[i - 1]]
      return `${first ? 'M' : 'L'}${point[0]} ${point[1]}${alone ? 'h2' : ''}`
    })
    .join('')
}

function marks({ marks: all }: Chart, across: Place, top: number): Markup[] {
  return all.map(
    ({ at, label }) =>
      html`<line class="mark" x1="${across(at)}" x2="${across(at)}" y1="${top}" y2="${HEIGHT - BOTTOM}"/><text class="mark" x="${across(at)}" y="${top - 4}" text-anchor="middle">${label}</text>`,
  )
}

function round(place: number): number {
  return Math.round(place * 10) / 10
}
