const COMMA = 0x2c
const CLOSING = 0x7d

/**
 * A JSON object with one more field, after its own; it has some already. What does not end as an object stays as it is. In k6
 * `scenarios/k6/text/json-object.ts` stands in.
 * @param field name and value as JSON
 */
export function withLastField(object: Uint8Array, field: string): Uint8Array {
  const last = object.length - 1
  if (object[last] !== CLOSING) return object
  const added = new TextEncoder().encode(field)
  const bytes = new Uint8Array(object.length + added.length + 1)
  bytes.set(object)
  bytes[last] = COMMA
  bytes.set(added, last + 1)
  bytes[bytes.length - 1] = CLOSING
  return bytes
}
