import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteWriter } from '../../generators/byte-writer.ts'
import { fragmentOf } from '../../generators/utf8.ts'

const writer = new ByteWriter()

function written(write: () => void): string {
  writer.begin()
  write()
  return new TextDecoder().decode(writer.end())
}

describe('the byte writer', () => {
  it('writes whole numbers as JavaScript does', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (n) => {
        expect(written(() => writer.whole(n))).toBe(String(n))
      }),
    )
    for (const n of [0, 9, 10, 99, 100, 2 ** 53 - 1]) expect(written(() => writer.whole(n))).toBe(String(n))
  })

  it('writes hundredths in the shortest form', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), (n) => {
        expect(written(() => writer.hundredths(n))).toBe(JSON.stringify(n / 100))
      }),
    )
  })

  it('writes any instant since 1970 as a Date does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 0) }), (ms) => {
        expect(written(() => writer.instant(ms))).toBe(new Date(ms).toISOString())
      }),
      { numRuns: 2000 },
    )
    for (const text of ['2024-02-29T23:59:59.999Z', '2000-03-01T00:00:00.000Z', '2100-02-28T12:00:00.001Z']) {
      expect(written(() => writer.instant(Date.parse(text)))).toBe(text)
    }
  })

  it('keeps what it gave out when it takes a new slab', () => {
    writer.begin()
    writer.ascii('first')
    const first = writer.end()
    const filler = fragmentOf('x'.repeat(20_000))
    for (let i = 0; i < 100; i++) written(() => writer.put(filler))
    expect(new TextDecoder().decode(first)).toBe('first')
  })
})

describe('fragments', () => {
  it('are the UTF-8 that TextEncoder makes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fragmentOf(text)).toEqual(new TextEncoder().encode(text))
      }),
    )
    for (const text of ['é ß 日本 🌶️', '\ud800', 'a\udc00b']) {
      expect(fragmentOf(text)).toEqual(new TextEncoder().encode(text))
    }
  })
})
