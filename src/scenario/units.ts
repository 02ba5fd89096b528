const MS_PER: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

const LONGEST_MS = 36_525 * 86_400_000

/** Milliseconds of a length of time such as `4h`, `1.5s`, `250ms`, `30d`. @throws RangeError that says how to write it */
export function parseDurationMs(text: string): number {
  const [amount, unit] = amountAndUnit(text, '')
  const ms = MS_PER[unit]
  if (amount === undefined || ms === undefined)
    throw new RangeError(`${wrong(text)}; write a length of time such as 30s, 250ms, 1.5h or 30d`)
  if (amount * ms > LONGEST_MS) throw new RangeError(`"${text}" is longer than a hundred years`)
  return amount * ms
}

/** A rate such as `500/s`, `30/min`, `100/h`, per second. @throws RangeError that says how to write it */
export function parseRatePerSecond(text: string): number {
  const [amount, unit] = amountAndUnit(text, '/')
  const ms = MS_PER[unit]
  if (amount === undefined || ms === undefined)
    throw new RangeError(`${wrong(text)}; write a rate such as 500/s, 30/min or 100/h`)
  return (amount * 1000) / ms
}

/** A share such as `10%`, or the same as a number from 0 to 1 such as `0.1`. @throws RangeError that says how to write it */
export function parseShare(text: string | number): number {
  const [amount, unit] = amountAndUnit(`${text}`, '')
  const share = unit === '%' ? (amount ?? Number.NaN) / 100 : Number(text)
  if (!(share >= 0 && share <= 1))
    throw new RangeError(`${JSON.stringify(text)} is no share; write one such as 10%, from 0% to 100%`)
  return share
}

function amountAndUnit(text: string, before: string): [number | undefined, string] {
  const [, amount, slash, unit] = /^(\d{1,12}(?:\.\d{1,12})?) *(\/?) *([a-z]+|%)$/.exec(text.trim()) ?? []
  return amount !== undefined && slash === before ? [Number(amount), unit ?? ''] : [undefined, '']
}

/** A number is the usual slip: its unit was left out. */
function wrong(text: string | number): string {
  return /^-?[\d.]+$/.test(`${text}`) ? `${text} has no unit` : `"${text}" cannot be read`
}
