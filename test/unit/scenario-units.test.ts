import { describe, expect, test } from 'vitest'
import { parseDurationMs, parseRatePerSecond, parseShare } from '../../src/scenario/units.ts'

describe('a length of time', () => {
  test.each([
    ['250ms', 250],
    ['1.5s', 1500],
    ['2m', 120_000],
    ['2min', 120_000],
    ['4h', 14_400_000],
    ['30d', 2_592_000_000],
    ['0s', 0],
    [' 30 s ', 30_000],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms)
  })

  test.each(['', '30', '-5s', '1e3s', '5 weeks', 's', '5/s', '.5s', '1h30m'])('cannot be read from "%s"', (text) => {
    expect(() => parseDurationMs(text)).toThrow(/write a length of time such as 30s/)
  })

  test('has an end', () => {
    expect(() => parseDurationMs('36526d')).toThrow('longer than a hundred years')
  })

  test('without its unit is told so', () => {
    expect(() => parseDurationMs('30')).toThrow('30 has no unit')
  })
})

describe('a rate', () => {
  test.each([
    ['500/s', 500],
    ['0.5/s', 0.5],
    ['30/min', 0.5],
    ['30 / m', 0.5],
    ['3600/h', 1],
    ['86400/d', 1],
    ['1/ms', 1000],
  ])('%s is %d per second', (text, perSecond) => {
    expect(parseRatePerSecond(text)).toBe(perSecond)
  })

  test.each(['', '500', '-1/s', '500/', '500s', '/s', '500/week'])('cannot be read from "%s"', (text) => {
    expect(() => parseRatePerSecond(text)).toThrow(/write a rate such as 500\/s/)
  })
})

describe('a share', () => {
  test.each([
    ['10%', 0.1],
    ['0.5%', 0.005],
    ['100%', 1],
    [0.25, 0.25],
    ['1e-5', 1e-5],
    [0, 0],
  ])('%s is %d', (value, share) => {
    expect(parseShare(value)).toBe(share)
  })

  test.each(['101%', '-1%', '10s', 'half', 2, -0.1, Number.NaN])('cannot be read from %s', (value) => {
    expect(() => parseShare(value)).toThrow(/is no share; write one such as 10%/)
  })
})
