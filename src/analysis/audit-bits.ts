import { BitSet } from '../model/bit-set.ts'

const CHUNK = 8192

/** The set as base64 of its 32-bit words, each with its low byte first. */
export function bitsToText(bits: BitSet): string {
  const view = new DataView(new ArrayBuffer(bits.words.length * 4))
  bits.words.forEach((word, i) => {
    view.setUint32(i * 4, word, true)
  })
  const bytes = new Uint8Array(view.buffer)
  let binary = ''
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(binary)
}

/**
 * The inverse of `bitsToText`.
 * @throws RangeError when the text is of a set of another size
 */
export function bitsFromText(text: string, size: number): BitSet {
  const bits = new BitSet(size)
  const binary = atob(text)
  if (binary.length !== bits.words.length * 4) throw new RangeError('the audit was made of another number of messages')
  for (let at = 0; at < binary.length; at++) {
    const word = at >>> 2
    bits.words[word] = bits.words[word]! | (binary.charCodeAt(at) << (8 * (at & 3)))
  }
  return bits
}
