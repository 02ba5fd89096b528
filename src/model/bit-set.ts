/** A set of whole numbers from 0 to size − 1, one bit each. */
export class BitSet {
  readonly size: number
  readonly words: Uint32Array

  constructor(size: number) {
    this.size = size
    this.words = new Uint32Array(Math.ceil(size / 32))
  }

  has(n: number): boolean {
    return (((this.words[n >>> 5] ?? 0) >>> (n & 31)) & 1) === 1
  }

  /** @returns whether it was new */
  add(n: number): boolean {
    const word = n >>> 5
    const bit = 1 << (n & 31)
    const before = this.words[word] ?? 0
    this.words[word] = before | bit
    return (before & bit) === 0
  }

  delete(n: number): void {
    const word = n >>> 5
    this.words[word] = (this.words[word] ?? 0) & ~(1 << (n & 31))
  }

  count(): number {
    let total = 0
    for (const word of this.words) total += bitsIn(word)
    return total
  }

  /** How many are in this set and not in `other`. */
  countWithout(other: BitSet): number {
    let total = 0
    for (let i = 0; i < this.words.length; i++) total += bitsIn((this.words[i] ?? 0) & ~(other.words[i] ?? 0))
    return total
  }

  /** How many are in both. */
  countWith(other: BitSet): number {
    let total = 0
    for (let i = 0; i < this.words.length; i++) total += bitsIn((this.words[i] ?? 0) & (other.words[i] ?? 0))
    return total
  }

  /** Those that are in both. */
  with(other: BitSet): BitSet {
    return this.#joined(other, (one, two) => one & two)
  }

  /** Those that are in this set and not in `other`. */
  without(other: BitSet): BitSet {
    return this.#joined(other, (one, two) => one & ~two)
  }

  addAll(other: BitSet): void {
    for (let i = 0; i < this.words.length; i++) this.words[i] = (this.words[i] ?? 0) | (other.words[i] ?? 0)
  }

  /** The first `limit` members that are not in `other`. */
  firstWithout(other: BitSet, limit: number): number[] {
    const members: number[] = []
    for (let i = 0; i < this.words.length && members.length < limit; i++) {
      let rest = (this.words[i] ?? 0) & ~(other.words[i] ?? 0)
      while (rest !== 0 && members.length < limit) {
        members.push(i * 32 + (31 - Math.clz32(rest & -rest)))
        rest &= rest - 1
      }
    }
    return members
  }

  #joined(other: BitSet, join: (one: number, two: number) => number): BitSet {
    const set = new BitSet(this.size)
    for (let i = 0; i < this.words.length; i++) set.words[i] = join(this.words[i] ?? 0, other.words[i] ?? 0)
    return set
  }
}

function bitsIn(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
