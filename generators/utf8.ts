/**
 * A piece of an event's JSON, encoded once and copied often. Never written to, nor looked into: in k6 it is a text, because
 * `scenarios/k6/text/utf8.ts` stands in for this module.
 */
export type Fragment = Uint8Array

/** In UTF-8. A lone surrogate becomes U+FFFD. */
export function fragmentOf(text: string): Fragment {
  return encoder.encode(text)
}

/** The same of JSON that JSON.stringify wrote: it has no lone surrogates. */
export function jsonFragmentOf(json: string): Fragment {
  return fragmentOf(json)
}

/** How long it is in UTF-8. */
export function byteLengthOf(fragment: Fragment): number {
  return fragment.length
}

/** What a fragment says. */
export function textOf(fragment: Fragment): string {
  return decoder.decode(fragment)
}

/** A text as a JSON string. */
export function jsonFragment(value: string): Fragment {
  return fragmentOf(JSON.stringify(value))
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()
