import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const top = join(import.meta.dirname, '../../..')
const BEGIN = '<!-- bench: begin -->'
const END = '<!-- bench: end -->'

/** Puts a result into a folder of the reports, as data and as text. @returns where */
export function keepResult(name: string, result: unknown, text: string): string {
  const folder = join(top, 'reports/bench')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`)
  writeFileSync(join(folder, `${name}.md`), `${text}\n`)
  return join(folder, `${name}.json`)
}

/** Rewrites the README's table, which stands between two marks. @throws where they are not there */
export function writeIntoReadme(text: string): void {
  const path = join(top, 'README.md')
  const readme = readFileSync(path, 'utf8')
  const [before, rest = ''] = readme.split(BEGIN)
  const [, after] = rest.split(END)
  if (after === undefined) throw new Error(`the README has no ${BEGIN} … ${END} to put the table between`)
  writeFileSync(path, `${before}${BEGIN}\n\n${text}\n\n${END}${after}`)
}
