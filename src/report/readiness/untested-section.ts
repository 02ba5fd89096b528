import type { Readiness } from '../../model/readiness.ts'
import { dataTable } from '../html/data-table.ts'
import { html, type Markup, shortened } from '../html/markup.ts'
import { section } from '../html/section.ts'

/** What nobody knows, and what it takes to know it. */
export function untestedSection({ notTested }: Readiness): Markup {
  const rows = notTested.map(({ title, reason }) => [shortened(title, 200), shortened(reason, 400)])
  const content =
    rows.length === 0
      ? html`<p>Everything of this suite was tested.</p>`
      : dataTable('What was not tested, and why', [['what', 'text'] as const, ['why', 'text'] as const], rows)
  return section('untested', 'Not tested', content)
}
