import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { chunksOf, writeLines } from '../../src/cli/write-lines.ts'

/** All in the same memory, each written over by the next. */
function* lent(texts: Iterable<string>): Generator<Uint8Array> {
  const memory = Buffer.alloc(300_000)
  for (const text of texts) yield memory.subarray(0, memory.write(text))
}

const LINES = Array.from({ length: 3000 }, (_, i) => `${i} ${'ä'.repeat((i * 7919) % 400)}`)
const LONG = [...LINES.slice(0, 900), 'x'.repeat(250_000), '', ...LINES.slice(900, 1000), 'y'.repeat(65_536)]

describe('lines that are lent', () => {
  for (const texts of [LINES, LONG, ['x'.repeat(65_535), ''], ['one'], ['']]) {
    test(`are whole and in order in chunks that may be looked at late, ${texts.length} of them`, () => {
      const chunks = [...chunksOf(lent(texts))]
      expect(Buffer.concat(chunks).toString() === texts.map((text) => `${text}\n`).join('')).toBe(true)
      expect(chunks.length).toBeLessThan(2 + Buffer.concat(chunks).length / 32_768)
    })
  }

  test('arrive in a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'squall-lines-'))
    await writeLines(lent(LONG), join(folder, 'lines'))
    expect(readFileSync(join(folder, 'lines'), 'utf8') === `${LONG.join('\n')}\n`).toBe(true)
    rmSync(folder, { recursive: true })
  })
})

test('of no lines nothing is made', () => {
  expect([...chunksOf([])]).toEqual([])
})

test('a place that cannot be written to is named', async () => {
  await expect(writeLines(lent(['one']), '/no/such/folder/lines')).rejects.toMatchObject({ code: 'ENOENT' })
})
