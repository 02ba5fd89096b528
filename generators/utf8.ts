/**
 * A piece of an event's JSON, encoded once and copied often. Never written to, nor looked into: in k6 it is a text, because
 * `scenarios/k6/text/utf8.ts` stands in for this module.
 */
export type Fragment = Uint8Array

/** UTF-8 without TextEncoder, which not every engine has. A lone surrogate becomes U+FFFD. */
export function fragmentOf(text: string): Fragment {
  const bytes: number[] = []
  for (const character of text) pushCodePoint(bytes, character.codePointAt(0)!)
  return Uint8Array.from(bytes)
}

/** A text as a JSON string. */
export function jsonFragment(value: string): Fragment {
  return fragmentOf(JSON.stringify(value))
}

function pushCodePoint(bytes: number[], code: number): void {
  if (code < 0x80) bytes.push(code)
  else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code))
  else if (code >= 0xd800 && code < 0xe000) bytes.push(0xef, 0xbf, 0xbd)
  else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code >> 6), tail(code))
  else bytes.push(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code))
}

function tail(bits: number): number {
  return 0x80 | (bits & 0x3f)
}
