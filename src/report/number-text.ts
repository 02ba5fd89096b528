import type { Spread } from '../model/report.ts'

/** A count for people: thousands apart. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ' ')
}

/** Milliseconds to three significant digits; a dash where nothing is known. */
export function msText(ms: number | null): string {
  if (ms === null) return '–'
  if (ms >= 1000) return countText(Math.round(ms))
  return String(Number(ms.toPrecision(3)))
}

/** A share in per cent. What is not all is never said to be all. */
export function shareText(ratio: number | null): string {
  if (ratio === null) return '–'
  const percent = Number((ratio * 100).toPrecision(4))
  return percent === 100 && ratio < 1 ? '> 99.99 %' : `${percent} %`
}

/** What is measured in milliseconds, with its unit. */
export function spreadText({ p50, p99, max }: Spread): string {
  const parts = [p50 === null ? '' : `p50 ${msText(p50)} ms`, p99 === null ? '' : `p99 ${msText(p99)} ms`]
  const shown = [...parts, max === null ? 'nothing recorded' : `max ${msText(max)} ms`]
  return shown.filter((part) => part !== '').join(', ')
}
