import { type Content, html, type Markup } from './markup.ts'

/** How a column stands: text to the left, numbers to the right. */
export type Column = readonly [name: string, kind: 'text' | 'number']

/** A table whose first column names the row. */
export function dataTable(caption: string, columns: readonly Column[], rows: readonly (readonly Content[])[]): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<caption class="unseen">${caption}</caption>
<thead><tr>${columns.map(([name, kind]) => html`<th scope="col" class="${kind}">${name}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => row(columns, cells))}</tbody>
</table></div>`
}

function row(columns: readonly Column[], cells: readonly Content[]): Markup {
  return html`<tr>${cells.map((cell, i) => {
    const kind = columns[i]?.[1] ?? 'text'
    return i === 0 ? html`<th scope="row" class="${kind}">${cell}</th>` : html`<td class="${kind}">${cell}</td>`
  })}</tr>
`
}
