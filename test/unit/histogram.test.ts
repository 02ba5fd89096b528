import fc from 'fast-check'
import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import { expect, test } from 'vitest'
import { LatencyHistogram } from '../../src/analysis/histogram.ts'

const times = fc.array(fc.double({ min: 0.001, max: 3_600_000, noNaN: true }), { minLength: 1, maxLength: 300 })

function filled(values: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram()
  for (const ms of values) histogram.record(ms)
  return histogram
}

test('a quantile is the sorted list’s to a thousandth, and least, greatest and mean are exact to the microsecond', () => {
  fc.assert(
    fc.property(times, fc.constantFrom(500, 900, 990), (values, perMille) => {
      const sorted = values.toSorted((a, b) => a - b)
      const exact = sorted[Math.ceil((values.length * perMille) / 1000) - 1]!
      const histogram = filled(values)
      expect(Math.abs(histogram.quantile(perMille)! - exact)).toBeLessThanOrEqual(exact * 0.001 + 0.001)
      const { min, max, mean } = histogram.summary()
      expect(min).toBeCloseTo(sorted[0]!, 2)
      expect(max).toBeCloseTo(sorted.at(-1)!, 2)
      expect(mean).toBeCloseTo(values.reduce((sum, ms) => sum + ms, 0) / values.length, 2)
    }),
  )
})

test('parts added up give the same bytes as the whole, in any order', () => {
  fc.assert(
    fc.property(times, times, (some, others) => {
      const whole = filled([...some, ...others]).summary()
      const added = filled(others)
      added.add(filled(some))
      expect(added.summary()).toEqual(whole)
    }),
    { numRuns: 50 },
  )
})

test('a percentile is shown only where ten samples lie beyond it', () => {
  const shown = (count: number) => {
    const { p50, p90, p95, p99, p999 } = filled(Array.from({ length: count }, () => 1)).summary()
    return [p50, p90, p95, p99, p999].map((value) => value !== null)
  }
  expect(shown(19)).toEqual([false, false, false, false, false])
  expect(shown(20)).toEqual([true, false, false, false, false])
  expect(shown(100)).toEqual([true, true, false, false, false])
  expect(shown(200)).toEqual([true, true, true, false, false])
  expect(shown(1000)).toEqual([true, true, true, true, false])
  expect(shown(10_000)).toEqual([true, true, true, true, true])
})

test('any HdrHistogram reader reads the encoded histogram, in microseconds', () => {
  const { hdr } = filled([1, 2, 3, 1000]).summary()
  const decoded = decodeFromCompressedBase64(hdr)
  expect([decoded.totalCount, decoded.getValueAtPercentile(50)]).toEqual([4, 2000])
})

test('an empty histogram knows nothing', () => {
  expect(new LatencyHistogram().summary()).toMatchObject({
    count: 0,
    min: null,
    mean: null,
    p50: null,
    max: null,
    hdr: '',
  })
})

test('a time below zero or beyond a day is kept at the edge', () => {
  expect(filled([-5]).summary()).toMatchObject({ min: 0, max: 0 })
  expect(filled([1e12]).summary()).toMatchObject({ max: 86_400_000 })
})
