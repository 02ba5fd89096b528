import { Markup } from './markup.ts'

/** What an HTML or JavaScript parser might stumble over inside a script element. */
const MARKS = /[<>&\u2028\u2029]/g

/** Data for the page's script, which reads it as text: nothing in it can end the element or be run. */
export function dataBlock(id: string, data: unknown): Markup {
  const json = JSON.stringify(data).replace(MARKS, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return new Markup(`<script type="application/json" id="${id}">${json}</script>`)
}
