/**
 * A piece of an event's JSON, encoded once and copied often. Never written to, nor looked into: in k6 it is a text, because
 * `scenarios/k6/text/utf8.ts` stands in for this module.
 */
export type Fragment = Uint8Array

/** In UTF-8, for long. A lone surrogate becomes U+FFFD. */
export function fragmentOf(text: string): Fragment {
  const bytesMax = 3 * text.length
  if (bytesMax > SLAB_BYTES) return encoder.encode(text)
  if (used + bytesMax > SLAB_BYTES) {
    slab = new Uint8Array(SLAB_BYTES)
    used = 0
  }
  const { written } = encoder.encodeInto(text, slab.subarray(used))
  used += written
  return new Uint8Array(slab.buffer, used - written, written)
}

/** The same of JSON that JSON.stringify wrote and that is soon forgotten: it has no lone surrogates. */
export function jsonFragmentOf(json: string): Fragment {
  return encoder.encode(json)
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

/** Fragments lie side by side: thousands with memory of their own would each be looked at whenever garbage is collected. */
const SLAB_BYTES = 1 << 16
let slab = new Uint8Array(SLAB_BYTES)
let used = 0

const encoder = new TextEncoder()
const decoder = new TextDecoder()
