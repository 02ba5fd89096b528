const OPENING = 0x5b
const COMMA = 0x2c
const CLOSING = 0x5d

/**
 * A JSON array of one value or more that are JSON text already: their bytes as they stand, with commas between them. In k6 `scenarios/k6/text/json-array.ts` stands in.
 * @param before what stands before it, and `after` after it: the rest of an object that it is a value of
 */
export function jsonArray(values: readonly Uint8Array[], before = '', after = ''): Uint8Array {
  const [head, tail] = [utf8.encode(before), utf8.encode(after)]
  const arrayBytes = values.reduce((sum, value) => sum + value.length + 1, 1)
  const bytes = new Uint8Array(head.length + arrayBytes + tail.length)
  bytes.set(head)
  let at = head.length
  for (const value of values) {
    bytes[at] = at === head.length ? OPENING : COMMA
    bytes.set(value, at + 1)
    at += value.length + 1
  }
  bytes[at] = CLOSING
  bytes.set(tail, at + 1)
  return bytes
}

const utf8 = new TextEncoder()
