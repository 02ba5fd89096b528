import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WRITING_SIDES, type WritingSide } from '../support/writing-sides.ts'

const BASE_36 = '0123456789abcdefghijklmnopqrstuvwxyz'
const BASE_62 = `${BASE_36}ABCDEFGHIJKLMNOPQRSTUVWXYZ`

for (const side of WRITING_SIDES) {
  describe(`the writer, ${side.name}`, () => {
    const { fragmentOf, jsonFragment, UPPER_HEX_DIGITS, ByteWriter } = side.modules
    const writer = new ByteWriter()
    const written = (write: () => void): string => {
      writer.begin()
      write()
      return side.utf8Of(writer.end()).toString('utf8')
    }

    it('puts pieces one after the other', () => {
      const pieces = fc.array(fc.tuple(fc.boolean(), fc.string()), { maxLength: 50 })
      fc.assert(
        fc.property(pieces, (given) => {
          const write = () => {
            for (const [quoted, text] of given) writer.put(quoted ? jsonFragment(text) : fragmentOf(text))
          }
          expect(written(write)).toBe(given.map(([quoted, text]) => (quoted ? JSON.stringify(text) : text)).join(''))
        }),
      )
      expect(written(() => writer.ascii('plain'))).toBe('plain')
      expect(written(() => {})).toBe('')
    })

    it('writes the same whether it goes back to the beginning or not, however long it gets', () => {
      const rewound = new ByteWriter()
      const texts = fc.array(fc.string({ maxLength: 20 }), { maxLength: 12 })
      fc.assert(
        fc.property(texts, fc.constantFrom(1, 1, 9000), (given, times) => {
          const pieces = given.map((text) => fragmentOf(text.repeat(times)))
          rewound.rewind()
          rewound.begin()
          for (const piece of pieces) rewound.put(piece)
          expect(side.utf8Of(rewound.end()).toString('utf8')).toBe(given.map((text) => text.repeat(times)).join(''))
        }),
      )
    })

    it('knows how long a piece is in UTF-8', () => {
      const { byteLengthOf } = side.modules
      const length = (text: string): void => {
        expect(byteLengthOf(fragmentOf(text))).toBe(Buffer.byteLength(text.toWellFormed(), 'utf8'))
      }
      fc.assert(fc.property(fc.string({ unit: 'binary' }), length))
      for (const text of ['', 'plain', 'é', '\u07ff\u0800\uffff', '🌱', 'a\ud800b']) length(text)
    })

    it('writes whole numbers as JavaScript does', () => {
      const whole = (n: number): void => {
        expect(written(() => writer.whole(n))).toBe(String(n))
      }
      fc.assert(fc.property(fc.maxSafeNat(), whole))
      for (const n of [0, 9, 10, 99, 100, 2 ** 53 - 1]) whole(n)
    })

    it('writes digits with zeros in front', () => {
      fc.assert(
        fc.property(fc.nat({ max: 999_999 }), fc.integer({ min: 6, max: 16 }), (n, width) => {
          expect(written(() => writer.digits(n, width))).toBe(String(n).padStart(width, '0'))
        }),
      )
    })

    it('writes hundredths in the shortest form', () => {
      fc.assert(
        fc.property(fc.nat(10_000_000), (n) => {
          expect(written(() => writer.hundredths(n))).toBe(JSON.stringify(n / 100))
        }),
      )
    })

    it('writes any instant since 1970 as a Date does', () => {
      const instant = (ms: number): void => {
        expect(written(() => writer.instant(ms))).toBe(new Date(ms).toISOString())
      }
      fc.assert(fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 0) }), instant), { numRuns: 2000 })
      for (const text of ['2024-02-29T23:59:59.999Z', '2000-03-01T00:00:00.000Z', '2100-02-28T12:00:00.001Z']) {
        instant(Date.parse(text))
      }
    })

    it('writes the date of a day', () => {
      fc.assert(
        fc.property(fc.nat(2_900_000), (day) => {
          expect(written(() => writer.day(day))).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10))
        }),
      )
    })

    it('writes codes in the digits that are given', () => {
      for (const digits of [BASE_36, BASE_36.toUpperCase(), BASE_62, '01']) {
        const fragment = fragmentOf(digits)
        const width = digits.length < 36 ? 48 : 10
        fc.assert(
          fc.property(fc.nat({ max: 2 ** 48 - 1 }), (n) => {
            expect(written(() => writer.code(n, fragment, width))).toBe(codeText(n, digits, width))
          }),
        )
      }
    })

    it('writes UUIDs in lower or upper case', () => {
      const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
      fc.assert(
        fc.property(word, word, word, word, (w0, w1, w2, w3) => {
          const hex = [w0, w1, w2, w3].map((one) => (one >>> 0).toString(16).padStart(8, '0')).join('')
          const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
          expect(written(() => writer.uuid({ w0, w1, w2, w3 }))).toBe(uuid)
          expect(written(() => writer.uuid({ w0, w1, w2, w3 }, UPPER_HEX_DIGITS))).toBe(uuid.toUpperCase())
        }),
      )
    })

    it('takes a piece of any length', () => {
      const text = 'x'.repeat(7_000)
      const write = (): void => {
        for (let i = 0; i < 100; i++) {
          writer.put(fragmentOf(text))
          writer.ascii(text)
          writer.whole(i)
        }
      }
      expect(written(write)).toBe(Array.from({ length: 100 }, (_, i) => text + text + i).join(''))
    })

    it('takes numbers of any kind by the thousand, with no text between them', () => {
      const uuid = '00000001-0000-0002-0000-000300000004'
      const at = new Date(Date.UTC(2026, 0, 31)).toISOString()
      const digits = fragmentOf(BASE_36)
      const fresh = new ByteWriter()
      fresh.begin()
      for (let i = 0; i < 2000; i++) {
        fresh.uuid({ w0: 1, w1: 2, w2: 3, w3: 4 })
        fresh.instant(Date.parse(at))
        fresh.hundredths(1250)
        fresh.whole(2 ** 53 - 1)
        fresh.code(35, digits, 10)
        fresh.day(0)
      }
      const said = side.utf8Of(fresh.end()).toString('utf8')
      expect(said).toBe(`${uuid}${at}12.5${2 ** 53 - 1}000000000z1970-01-01`.repeat(2000))
    })

    it('never writes to what it gave out', () => {
      writer.begin()
      writer.ascii('first')
      const first = writer.end()
      const filler = fragmentOf('x'.repeat(20_000))
      for (let i = 0; i < 100; i++) written(() => writer.put(filler))
      expect(side.utf8Of(first).toString('utf8')).toBe('first')
    })
  })

  describe(`fragments, ${side.name}`, () => {
    it('are the UTF-8 that TextEncoder makes, however they are put together', () => {
      fc.assert(
        fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }), (texts) => {
          expect(together(side, texts)).toEqual(Buffer.concat(texts.map((text) => new TextEncoder().encode(text))))
        }),
      )
      for (const text of ['é ß 日本 🌶️', '\ud800', 'a\udc00b']) {
        expect(together(side, [text])).toEqual(Buffer.from(new TextEncoder().encode(text)))
      }
      expect(together(side, ['\ud83c', '\udf36'])).toEqual(Buffer.from('\ufffd\ufffd'))
    })

    it('make an array', () => {
      const { fragmentOf, jsonArray } = side.modules
      const values = ['{"a":"é"}', '1', '[]'].map(fragmentOf)
      expect(side.utf8Of(jsonArray(values)).toString('utf8')).toBe('[{"a":"é"},1,[]]')
      expect(side.utf8Of(jsonArray(values.slice(0, 1))).toString('utf8')).toBe('[{"a":"é"}]')
    })
  })
}

function together({ modules, utf8Of }: WritingSide, texts: readonly string[]): Buffer {
  const writer = new modules.ByteWriter()
  writer.begin()
  for (const text of texts) writer.put(modules.fragmentOf(text))
  return utf8Of(writer.end())
}

function codeText(value: number, digits: string, width: number): string {
  let text = ''
  for (let rest = value; text.length < width; rest = Math.floor(rest / digits.length)) {
    text = digits.charAt(rest % digits.length) + text
  }
  return text
}
