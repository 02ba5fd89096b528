const OPENING = 0x5b
const COMMA = 0x2c
const CLOSING = 0x5d

/** A JSON array of one value or more that are JSON text already: their bytes as they stand, with commas between them. In k6 `scenarios/k6/text/json-array.ts` stands in. */
export function jsonArray(values: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(values.reduce((sum, value) => sum + value.length + 1, 1))
  let at = 0
  for (const value of values) {
    bytes[at] = at === 0 ? OPENING : COMMA
    bytes.set(value, at + 1)
    at += value.length + 1
  }
  bytes[at] = CLOSING
  return bytes
}
