import type { Verdict } from '../../model/verdict.ts'
import { dataTable } from './data-table.ts'
import { factName, factText } from './fact-text.ts'
import { html, type Markup } from './markup.ts'

const ROWS_MAX = 10

type Row = Readonly<Record<string, unknown>>

/** All that a verdict rests on: figures side by side, examples as tables. */
export function evidenceDetails(evidence: Verdict['evidence']): Markup | null {
  const entries = Object.entries(evidence).filter(([, value]) => value !== undefined)
  if (entries.length === 0) return null
  const tables = entries.filter((entry): entry is [string, Row[]] => isRows(entry[1]))
  const figures = entries.filter(([, value]) => !isRows(value))
  return html`<details><summary>Evidence</summary>
<dl class="facts">${figures.map(([key, value]) => html`<div><dt>${factName(key)}</dt><dd>${factText(key, value)}</dd></div>`)}</dl>
${tables.map(([key, rows]) => examples(key, rows))}</details>`
}

function isRows(value: unknown): value is Row[] {
  return Array.isArray(value) && value.length > 0 && value.every((row) => typeof row === 'object' && row !== null)
}

function examples(key: string, rows: readonly Row[]): Markup {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].slice(0, 8)
  const kinds = columns.map((name) => (typeof rows[0]?.[name] === 'number' ? 'number' : 'text'))
  return html`<p class="examples">${factName(key)}: the first ${Math.min(rows.length, ROWS_MAX)}</p>${dataTable(
    factName(key),
    columns.map((name, i) => [factName(name), kinds[i] ?? 'text'] as const),
    rows.slice(0, ROWS_MAX).map((row) => columns.map((name) => factText(name, row[name]))),
  )}`
}
