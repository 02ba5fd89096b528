import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { presetNames } from '../../src/adapters/scenario-file.ts'
import { FLAWS } from '../../src/model/flaws.ts'
import { faultNames } from '../../src/partner/faults/catalogue.ts'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

/** Names in the last column of the row that begins with this verdict. */
function namedBeside(verdict: string): string[] {
  const row = new RegExp(`^\\| \`${verdict}\` .*$`, 'm').exec(readme)?.[0] ?? ''
  return [...(row.split('|')[3] ?? '').matchAll(/`([\w-]+)`/g)].map(([, name]) => name ?? '')
}

test('the README names beside each verdict the broken partners that it catches, and no others', () => {
  const broken = faultNames().filter(({ caughtBy }) => caughtBy !== '')
  for (const verdict of new Set(broken.map(({ caughtBy }) => caughtBy))) {
    const names = broken.filter(({ caughtBy }) => caughtBy === verdict).map(({ name }) => name)
    expect(namedBeside(verdict).sort(), verdict).toEqual(names.sort())
  }
})

test('the README names every preset', () => {
  for (const name of presetNames()) expect(readme).toContain(`\`${name}\``)
})

test('the README has a row for every flaw', () => {
  const rows = FLAWS.map(({ name, meaning }) => `| \`${name}\` | ${meaning} |`)
  const spaced = readme.replaceAll(/ +/g, ' ')
  expect(rows.filter((row) => !spaced.includes(row))).toEqual([])
})
