/** A whole number with its thousands apart: `15 750`. */
export function count(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ' ')
}

/** Milliseconds with three digits that count: `0.43`, `12.3`, `4 980`; `–` where there is no figure. */
export function millis(ms: number | null): string {
  if (ms === null) return '–'
  if (ms >= 99.95) return count(ms)
  return ms.toFixed(ms >= 9.995 ? 1 : 2)
}

/** A ratio in percent: `97.7 %`, `0.02 %`; never 0 or 100 unless it is. */
export function percent(ratio: number | null): string {
  if (ratio === null) return '–'
  if (ratio === 0 || ratio === 1) return `${ratio * 100} %`
  const value = ratio * 100
  if (value < 0.01) return '< 0.01 %'
  if (value > 99.99) return '> 99.99 %'
  return `${value.toFixed(value < 1 || value > 99 ? 2 : 1)} %`
}

/** A length of time as a clock shows it: `00:42`, `1:02:03`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`
}

/** Deliveries per second: `498/s`, `0.5/s`. */
export function rate(perSecond: number): string {
  return `${perSecond >= 10 ? count(perSecond) : Number(perSecond.toFixed(1))}/s`
}
