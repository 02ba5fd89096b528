/** The twin of `generators/utf8.ts` in k6: a piece of an event's JSON is a text, whose UTF-8 is the bytes that the original makes. */
export type Fragment = string

/** A lone surrogate becomes U+FFFD here already: put beside another it would become a character. */
export function fragmentOf(text: string): Fragment {
  return SURROGATE.test(text) ? wellFormed(text) : text
}

/** Here nothing need be looked for, which would take long. */
export function jsonFragmentOf(json: string): Fragment {
  return json
}

/** Most events are ASCII, which a pattern sees at once. A pair of surrogates is one character of four bytes. */
export function byteLengthOf(fragment: Fragment): number {
  if (!BEYOND_ASCII.test(fragment)) return fragment.length
  let bytes = 0
  for (let i = 0; i < fragment.length; i++) {
    const unit = fragment.charCodeAt(i)
    bytes += unit < 0x80 ? 1 : unit < 0x800 || isHigh(unit) || isLow(unit) ? 2 : 3
  }
  return bytes
}

export function textOf(fragment: Fragment): string {
  return fragment
}

/** A text as a JSON string. */
export function jsonFragment(value: string): Fragment {
  return JSON.stringify(value)
}

/** By code units: k6's engine knows no `toWellFormed`, and its patterns do not tell a pair from two lone ones. */
function wellFormed(text: string): string {
  let sound = ''
  for (let i = 0; i < text.length; i++) {
    const width = isHigh(text.charCodeAt(i)) && isLow(text.charCodeAt(i + 1)) ? 2 : 1
    const isLone = width === 1 && SURROGATE.test(text.charAt(i))
    sound += isLone ? '\ufffd' : text.slice(i, i + width)
    i += width - 1
  }
  return sound
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000
}

const BEYOND_ASCII = /[\u0080-\uffff]/
const SURROGATE = /[\ud800-\udfff]/
