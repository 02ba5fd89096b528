/**
 * Canonical JSON (RFC 8785) of a value as `JSON.parse` gives it: keys in order of their UTF-16 code units, no blanks, numbers as
 * ECMAScript writes them. Two texts of equal content have the same canonical form.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) return canonicalObject(value as Readonly<Record<string, unknown>>)
  return JSON.stringify(value)
}

function canonicalObject(object: Readonly<Record<string, unknown>>): string {
  const members = Object.keys(object)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key])}`)
  return `{${members.join(',')}}`
}
