import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { textLines } from '../../src/adapters/receipts/text-lines.ts'

/** One buffer for all chunks, as files are read. */
async function* inChunks(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(bytes.length)
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const chunk = bytes.subarray(at, at + (sizes[i % sizes.length] ?? bytes.length))
    buffer.set(chunk)
    yield buffer.subarray(0, chunk.length)
    at += chunk.length
  }
}

test('gives the lines of a text wherever its chunks are cut, within a letter too', async () => {
  const line = fc.string({ unit: fc.constantFrom('a', '"', 'ü', '„', '🎉', '\r') })
  const run = async (lines: readonly string[], sizes: readonly number[]): Promise<void> => {
    const read: string[] = []
    const bytes = new TextEncoder().encode(lines.join('\n'))
    for await (const some of textLines(inChunks(bytes, sizes), { location: 'file:receipts', idField: 'messageId' }))
      read.push(...some)
    expect(read.join('\n')).toBe(lines.join('\n').replace(/\n$/, ''))
  }
  await fc.assert(fc.asyncProperty(fc.array(line), fc.array(fc.integer({ min: 1, max: 9 })), run), { numRuns: 500 })
})
