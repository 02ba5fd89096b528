const SHOWN_MAX = 200

/** How much of a text stands before the place that matters. */
const LEAD = 40

/**
 * A stored or sent value for people, in 200 characters at most. Of a long text only what is about `from` is shown; of an object or a
 * list only its size, so the depth of what a store holds never matters.
 */
export function shownValue(value: unknown, from = 0): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return `an object of ${Object.keys(value).length}`
  return typeof value === 'string' ? shownText(value, from) : String(value)
}

/** Where two texts part: the length of what they begin with in common. */
export function commonLength(a: string, b: string): number {
  let at = 0
  while (at < a.length && at < b.length && a.charCodeAt(at) === b.charCodeAt(at)) at++
  return at
}

function shownText(text: string, from: number): string {
  const begin = from > LEAD ? from - LEAD : 0
  const room = SHOWN_MAX - 2
  const shown = `${begin > 0 ? '…' : ''}${text.slice(begin)}`
  return (shown.length > room ? `${shown.slice(0, room - 1)}…` : shown).toWellFormed()
}
