const QUOTE = 0x22
const COMMA = 0x2c
const OPENING_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSING_BRACKET = 0x5d
const OPENING_BRACE = 0x7b
const CLOSING_BRACE = 0x7d

/**
 * The bytes of each element of a JSON array, as they stand, without the white space around them. Only where elements begin and end is looked at:
 * the array is JSON if each of them is. Undefined: the text is not an array from its first character to its last.
 */
export function arrayElements(text: Uint8Array): Uint8Array[] | undefined {
  const opening = skipSpace(text, 0)
  if (text[opening] !== OPENING_BRACKET) return undefined
  const elements: Uint8Array[] = []
  let start = opening + 1
  let depth = 1
  for (let at = start; at < text.length; at++) {
    const byte = text[at]!
    if (byte === QUOTE) at = endOfString(text, at)
    else if (byte === OPENING_BRACKET || byte === OPENING_BRACE) depth++
    else if (byte === CLOSING_BRACKET || byte === CLOSING_BRACE) depth--
    if (depth > 1 || (depth === 1 && byte !== COMMA)) continue
    elements.push(trimmed(text, start, at))
    start = at + 1
    if (depth === 0) return closed(text, elements, start)
  }
  return undefined
}

/** What was split, if nothing but white space follows. `[]` has no elements, not an empty one. */
function closed(text: Uint8Array, elements: Uint8Array[], end: number): Uint8Array[] | undefined {
  if (skipSpace(text, end) < text.length) return undefined
  return elements.length === 1 && elements[0]!.length === 0 ? [] : elements
}

/** Where the string that begins at `at` has its closing quote. */
function endOfString(text: Uint8Array, at: number): number {
  let end = at + 1
  while (end < text.length && text[end] !== QUOTE) end += text[end] === BACKSLASH ? 2 : 1
  return end
}

function trimmed(text: Uint8Array, from: number, to: number): Uint8Array {
  const start = skipSpace(text, from)
  let end = to
  while (end > start && isSpace(text[end - 1])) end--
  return text.subarray(start, Math.max(start, end))
}

function skipSpace(text: Uint8Array, from: number): number {
  let at = from
  while (isSpace(text[at])) at++
  return at
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}
