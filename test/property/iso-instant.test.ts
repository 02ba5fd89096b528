import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isoText, isoTextMs } from '../../src/model/iso-instant.ts'

test('every instant from the year 1000 is written as Date writes it, and read again', () => {
  const instant = fc.integer({ min: Date.UTC(1000, 0, 1), max: Date.UTC(9999, 11, 31, 23, 59, 59, 999) })
  fc.assert(
    fc.property(instant, (epochMs) => {
      expect(isoText(epochMs)).toBe(new Date(epochMs).toISOString())
      expect(isoTextMs(isoText(epochMs))).toBe(epochMs)
    }),
  )
})

test('a fraction of a millisecond is cut off', () => {
  expect(isoText(1.75)).toBe('1970-01-01T00:00:00.001Z')
})

test('a text of another form, or of a day or an hour that does not exist, is no instant here', () => {
  const texts = [
    '2026-02-29T00:00:00.000Z',
    '2026-04-31T00:00:00.000Z',
    '2026-13-01T00:00:00.000Z',
    '2026-01-01T24:00:00.000Z',
    '2026-01-01T00:00:60.000Z',
    '2026-01-01T00:00:00.000z',
    '2026-01-01 00:00:00.000Z',
    '2026-01-01T00:00:00.00Z',
    '0999-01-01T00:00:00.000Z',
    '２026-01-01T00:00:00.000Z',
    '',
  ]
  for (const text of texts) expect(isoTextMs(text), text).toBeNaN()
})
