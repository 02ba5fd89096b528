/**
 * Chance as a pure function: every draw in squall is a hash of what it decides about, never a step of a shared generator.
 * So value n does not depend on how much chance value n−1 used, and any engine, worker or auditor can make it again.
 * Only 32-bit integer arithmetic (`imul`, xor, shifts): the same in every JavaScript engine.
 */

/** Taken out of `Math` once: k6's engine takes as long to look them up as to compute them. */
const { floor, imul } = Math

/** Finaliser of MurmurHash3: scatters the 32 bits of `x`. */
export function mix32(x: number): number {
  let h = imul(x ^ (x >>> 16), 0x85ebca6b)
  h = imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** A 32-bit hash of up to four whole numbers; each may be as large as 2^53 − 1. */
export function hash32(a: number, b: number, c = 0, d = 0): number {
  return mix32(absorb(absorb(absorb(absorb(0x9e3779b9, a), b), c), d))
}

/** The same as a fraction in [0, 1), in steps of 2^-32. */
export function unit(a: number, b: number, c = 0, d = 0): number {
  return hash32(a, b, c, d) / 4294967296
}

/** A 32-bit hash of a text, by its UTF-16 code units. */
export function hashText(seed: number, text: string): number {
  let h = seed | 0
  for (let i = 0; i < text.length; i++) {
    h = imul(h ^ text.charCodeAt(i), 0x01000193)
    h ^= h >>> 15
  }
  return mix32(h ^ text.length)
}

function absorb(state: number, value: number): number {
  let h = imul(state ^ value, 0xcc9e2d51)
  h = (h << 15) | (h >>> 17)
  if (value > 4294967295 || value < 0) h ^= floor(value / 4294967296)
  h = imul(h, 0x1b873593)
  return (((h << 13) | (h >>> 19)) + 0x6b64e654) | 0
}
