import { countText } from '../number-text.ts'

/** What stands at a tick of an axis. */
export function axisText(value: number, kind: 'time' | 'percentile' | 'value'): string {
  if (kind === 'time') return momentText(value)
  if (kind === 'percentile') return percentileText(value)
  return value >= 10_000 ? `${countText(Math.round(value / 100) / 10)}k` : String(value)
}

/** `0`, `40 s`, `2:05`, `1:00:00`: seconds, from two minutes on a clock's reading. */
export function momentText(seconds: number): string {
  if (seconds < 120) return `${Number(seconds.toFixed(1))} s`
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds % 60)]
  const two = (n: number): string => String(n).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** A percentile by how many nines it has: 1 is 90 %, 2 is 99 %. */
function percentileText(nines: number): string {
  return nines === 0 ? '0 %' : `${Number((100 - 100 / 10 ** nines).toPrecision(Math.ceil(nines) + 2))} %`
}
