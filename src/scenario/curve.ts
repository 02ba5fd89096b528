import { DAY_COURSE } from '../model/day-course.ts'
import { areaOf } from '../model/pace.ts'
import type { PacePiece } from '../model/plan.ts'
import type { Phase } from './phase.ts'
import { parseDurationMs, parseRatePerSecond } from './units.ts'

/** A rate curve as the author drew it: deliveries per second, and lengths that may still be stretched. */
export type Curve = readonly PacePiece[]

/** The curve of a phase; where only `events` says how long it is, a second of it. */
export function curveOf(phase: Phase): Curve {
  if (phase.steps) return inARow(phase.steps.map(({ rate, duration }) => [rate, rate, parseDurationMs(duration)]))
  const lengthMs = phase.duration === undefined ? 1000 : parseDurationMs(phase.duration)
  const from = phase.rate ?? phase.ramp?.from ?? ''
  if (phase.pace === 'diurnal') return daysOf(parseRatePerSecond(from), lengthMs)
  return inARow([[from, phase.ramp?.to ?? from, lengthMs]])
}

/** Whole days, hour by hour, stretched to fill the phase. */
function daysOf(peakPerSecond: number, lengthMs: number): Curve {
  const hours = 24 * Math.max(1, Math.round(lengthMs / DAY_MS))
  return Array.from({ length: hours }, (_, hour) => ({
    fromMs: (lengthMs * hour) / hours,
    toMs: (lengthMs * (hour + 1)) / hours,
    fromPerSecond: peakPerSecond * DAY_COURSE[hour % 24]!,
    toPerSecond: peakPerSecond * DAY_COURSE[(hour + 1) % 24]!,
  }))
}

function inARow(parts: readonly [from: string, to: string, lengthMs: number][]): Curve {
  let toMs = 0
  return parts.map(([from, to, lengthMs]) => {
    const fromMs = toMs
    toMs += lengthMs
    return { fromMs, toMs, fromPerSecond: parseRatePerSecond(from), toPerSecond: parseRatePerSecond(to) }
  })
}

/** The same curve with all rates and all lengths multiplied. */
export function scaled(curve: Curve, rates: number, lengths: number): Curve {
  return curve.map((piece) => ({
    fromMs: piece.fromMs * lengths,
    toMs: piece.toMs * lengths,
    fromPerSecond: piece.fromPerSecond * rates,
    toPerSecond: piece.toPerSecond * rates,
  }))
}

export function areaUnder(curve: Curve): number {
  return curve.reduce((sum, piece) => sum + areaOf(piece), 0)
}

export function peakPerSecond(curve: Curve): number {
  return Math.max(...curve.map(({ fromPerSecond, toPerSecond }) => Math.max(fromPerSecond, toPerSecond)))
}

const DAY_MS = 86_400_000
