import type { Chart, ChartSeries } from './chart.ts'
import { html, type Markup } from './markup.ts'
import { svgChart } from './svg-chart.ts'

/** A chart with its title and its key; the script puts a live one in place of the still one. */
export function figure(chart: Chart): Markup {
  const { id, title, hint, series } = chart
  return html`<figure id="chart-${id}">
<figcaption><h3>${title}</h3><p>${hint}</p></figcaption>
<ul class="key">${series.map((one) => keyEntry(one, chart.stacked))}</ul>
${svgChart(chart)}
<div class="plot" data-chart="${id}" aria-hidden="true"></div>
</figure>`
}

function keyEntry({ name, tone }: ChartSeries, stacked: boolean): Markup {
  const sample = stacked
    ? html`<path class="area tone-${tone}" d="M1 0H21V10H1Z"/>`
    : html`<path class="line tone-${tone}" d="M1 5H21"/>`
  return html`<li><svg class="swatch" viewBox="0 0 22 10" aria-hidden="true">${sample}</svg>${name}<output class="reading"></output></li>`
}
