import { countText, shareText } from '../number-text.ts'
import { dataTable } from './data-table.ts'
import { html, type Markup } from './markup.ts'
import type { Spectrum } from './spectrum.ts'

type Column = Spectrum['columns'][number]

/** How many requests took how long: a bar for each stretch, its length their share. */
export function histogramChart({ columns }: Spectrum): Markup {
  const total = columns.reduce((sum, { count }) => sum + count, 0)
  const most = columns.reduce((top, { count }) => Math.max(top, count), 1)
  const rows = columns.map((column) => [
    name(column),
    bar(column, most),
    countText(column.count),
    shareText(share(column, total)),
  ])
  return html`<figure id="chart-histogram">
<figcaption><h3>How many took how long</h3><p>Two hills are two kinds of request: say cache and disk, or answers and retries.</p></figcaption>
${dataTable(
  'Requests by latency from due',
  [
    ['ms', 'number'],
    ['how many', 'text'],
    ['requests', 'number'],
    ['share', 'number'],
  ],
  rows,
)}
</figure>`
}

function name({ fromMs, toMs }: Column): string {
  return `${fromMs} – ${toMs}`
}

function share({ count }: Column, total: number): number {
  return Number((count / total).toPrecision(3))
}

/** Whatever is not nothing can be seen. */
function bar({ count }: Column, most: number): Markup {
  const width = count === 0 ? 0 : Math.max(0.5, Math.round((count / most) * 1000) / 10)
  return html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="area tone-main" width="${width}" height="10"/></svg>`
}
