import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { momentAtMs } from '../../generators/schedule/pace.ts'
import { countOf } from '../../src/model/pace.ts'
import type { PacePiece, PacePlan } from '../../src/model/plan.ts'
import { curves } from '../support/arbitrary-plans.ts'

describe('the moment of a position on a rate curve', () => {
  test('is evenly spaced at a constant rate', () => {
    const constant = pace([0, 2000, 5, 5])
    expect(positions(10).map((p) => momentAtMs(constant, p))).toEqual([
      0, 200, 400, 600, 800, 1000, 1200, 1400, 1600, 1800,
    ])
  })

  test('gets denser up a ramp as a square root does', () => {
    const ramp = pace([0, 10_000, 0, 100])
    expect(momentAtMs(ramp, 0)).toBe(0)
    expect(momentAtMs(ramp, 125)).toBeCloseTo(5000, 9)
    expect(momentAtMs(ramp, 500)).toBe(10_000)
  })

  test('is the mirror image down a ramp', () => {
    const up = pace([0, 10_000, 0, 100])
    const down = pace([0, 10_000, 100, 0])
    for (const p of [0, 1, 77.7, 250, 499, 500]) {
      expect(momentAtMs(down, p)).toBeCloseTo(10_000 - momentAtMs(up, 500 - p), 6)
    }
  })

  test('skips a pause', () => {
    const steps = pace([0, 1000, 10, 10], [1000, 4000, 0, 0], [4000, 5000, 10, 10])
    expect(momentAtMs(steps, 9)).toBe(900)
    expect(momentAtMs(steps, 10)).toBe(4000)
    expect(momentAtMs(steps, 11)).toBe(4100)
  })

  test('hardly differs from that of a constant rate where the slope is almost none', () => {
    const flat = pace([0, 3_600_000, 1000, 1000])
    const tilted = pace([0, 3_600_000, 1000, 1000 + 1e-12])
    for (const p of [1, 1e3, 1_799_999.5, 3_599_999]) {
      expect(momentAtMs(tilted, p)).toBeCloseTo(momentAtMs(flat, p), 5)
    }
  })

  test('is the end of the curve for what lies beyond it', () => {
    expect(momentAtMs(pace([0, 1000, 5, 5]), 6)).toBe(1000)
  })

  test('never falls and stays on the curve', () => {
    fc.assert(
      fc.property(
        curves,
        fc.array(
          fc.integer({ min: 0, max: 1_000_000 }).map((n) => n / 1000),
          { minLength: 2 },
        ),
        (pieces, at) => {
          const moments = at.sort((a, b) => a - b).map((p) => momentAtMs({ arrivals: 'even', pieces }, p))
          const endMs = pieces.at(-1)!.toMs
          for (const [i, moment] of moments.entries()) {
            expect(moment).toBeGreaterThanOrEqual((moments[i - 1] ?? 0) - 1e-9)
            expect(moment).toBeLessThanOrEqual(endMs)
          }
        },
      ),
    )
  })

  test('has just the position under the curve before it', () => {
    fc.assert(
      fc.property(curves, fc.integer({ min: 0, max: 999 }), (pieces, part) => {
        const area = areaBefore(pieces, Number.POSITIVE_INFINITY)
        const moment = momentAtMs({ arrivals: 'even', pieces }, (part / 1000) * area)
        expect(areaBefore(pieces, moment)).toBeCloseTo((part / 1000) * area, 6)
      }),
    )
  })
})

describe('the count of a rate curve', () => {
  test('is that of whole copies', () => {
    expect(countOf(pace([0, 1999, 5, 5]))).toBe(9)
    expect(countOf(pace([0, 10_000, 0, 100]))).toBe(500)
  })

  test('does not lose a copy to rounding', () => {
    expect(countOf(pace([0, 30_000, 0.1, 0.1]))).toBe(3)
    expect(countOf(pace([0, (7 / 3) * 1000, 3, 3]))).toBe(7)
  })
})

function pace(...pieces: [number, number, number, number][]): PacePlan {
  return {
    arrivals: 'even',
    pieces: pieces.map(([fromMs, toMs, fromPerSecond, toPerSecond]) => ({ fromMs, toMs, fromPerSecond, toPerSecond })),
  }
}

function positions(count: number): number[] {
  return Array.from({ length: count }, (_, p) => p)
}

/** Copies under the curve until a moment, piece by piece as trapezia. */
function areaBefore(pieces: readonly PacePiece[], moment: number): number {
  return pieces.reduce((sum, { fromMs, toMs, fromPerSecond, toPerSecond }) => {
    const ms = Math.min(Math.max(moment - fromMs, 0), toMs - fromMs)
    const rateThere = fromPerSecond + ((toPerSecond - fromPerSecond) * ms) / (toMs - fromMs)
    return sum + ((fromPerSecond + rateThere) / 2) * (ms / 1000)
  }, 0)
}
