import { FaultError } from './fault-error.ts'

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** "100ms", "4.5s", "30d" in milliseconds. @throws FaultError */
export function durationMs(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text)
  if (match === null) throw new FaultError(`"${text}" is not a time: write it as 100ms, 4.5s, 2m, 1h or 30d`)
  return Number(match[1]) * UNIT_MS[match[2]!]!
}

/** As `durationMs`, for what somebody is made to wait: a day at most. @throws FaultError */
export function waitMs(text: string): number {
  const ms = durationMs(text)
  if (ms <= UNIT_MS.d!) return ms
  throw new FaultError(`"${text}" is longer than anybody waits: write a day at most`)
}

/** "1e-3", "0.02" or "2%" as a fraction of 1. @throws FaultError */
export function ratio(text: string): number {
  const value = text.endsWith('%') ? Number(text.slice(0, -1) || 'none') / 100 : Number(text || 'none')
  if (value >= 0 && value <= 1) return value
  throw new FaultError(`"${text}" is not a share: write it as 1e-3, 0.02 or 2%`)
}

/** "100/s": so many a second, at least one. @throws FaultError */
export function ratePerSecond(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\/s$/.exec(text)
  if (match !== null && Number(match[1]) >= 1) return Number(match[1])
  throw new FaultError(`"${text}" is not a rate of 1/s or more: write it as 100/s`)
}

/** "32KB" in bytes, of 1024 each. @throws FaultError */
export function kilobytes(text: string): number {
  const match = /^(\d+)KB$/.exec(text)
  if (match !== null && Number(match[1]) >= 1) return Number(match[1]) * 1024
  throw new FaultError(`"${text}" is not a size: write it as 32KB`)
}

/** A whole number within bounds. @throws FaultError */
export function whole(text: string, min: number, max: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return value
  throw new FaultError(`"${text}" is not a whole number from ${min} to ${max}`)
}
