/** Where values stand on an axis, and which of them are labelled. */
export interface Scale {
  /** @returns its place between 0 (least) and 1 (greatest); what lies outside is set on the edge */
  place(value: number): number
  readonly ticks: readonly number[]
}

/** From `least` to the round number at or above `greatest`. */
export function linearScale(least: number, greatest: number, ticksWanted: number): Scale {
  const step = roundStep((greatest - least || 1) / ticksWanted)
  const top = Math.max(least + step, Math.ceil(greatest / step - 1e-9) * step)
  const ticks = Array.from({ length: Math.round((top - least) / step) + 1 }, (_, i) => tidy(least + i * step))
  return { place: (value) => clamped((value - least) / (top - least)), ticks }
}

/** In whole decades around the values; both are above 0. */
export function logScale(least: number, greatest: number): Scale {
  const from = Math.floor(Math.log10(least) + 1e-9)
  const to = Math.max(from + 1, Math.ceil(Math.log10(greatest) - 1e-9))
  const ticks = Array.from({ length: to - from + 1 }, (_, i) => Number(`1e${from + i}`))
  return { place: (value) => (value <= 0 ? 0 : clamped((Math.log10(value) - from) / (to - from))), ticks }
}

/** Time from 0 to the very end, labelled at round moments. */
export function timeScale(endS: number): Scale {
  const step = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].find((s) => endS / s <= 8) ?? endS / 8
  const ticks = Array.from({ length: Math.floor(endS / step) + 1 }, (_, i) => i * step)
  return { place: (value) => clamped(value / endS), ticks }
}

/** 1, 2 or 5 times a power of ten. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = [1, 2, 5, 10].find((candidate) => candidate >= rough / power - 1e-9) ?? 10
  return factor * power
}

function tidy(value: number): number {
  return Number(value.toPrecision(12))
}

function clamped(place: number): number {
  return Math.min(1, Math.max(0, place))
}
