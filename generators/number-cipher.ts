import { hashText, mix32 } from '../src/model/hash.ts'

/** Shuffles the numbers below 2^48 among themselves: a Feistel network of four rounds over two halves of 24 bits. */
export class NumberCipher {
  private readonly keys: Int32Array

  constructor(key: string) {
    this.keys = Int32Array.from({ length: 4 }, (_, i) => hashText(mix32(i + 101), key))
  }

  /** One number below 2^48 for each, never the same for two. */
  encode(value: number): number {
    let left = Math.floor(value / HALF)
    let right = value - left * HALF
    for (let round = 0; round < 4; round++) {
      const next = left ^ (mix32(right ^ this.keys[round]!) >>> 8)
      left = right
      right = next
    }
    return left * HALF + right
  }
}

const HALF = 0x1000000
