import { hashText } from '../../model/hash.ts'

/** What makes two events of a store the same. */
export interface MessageName {
  readonly account: string
  readonly dedupeKey: string
}

/**
 * Where in a store a message stands, in eight bytes for each place of a table that is at most half full: texts for millions of messages would fill the memory.
 * A place is found by a hash alone, so the store itself says whether it holds that message there.
 */
export class KnownMessages {
  #hashes = new Uint32Array(1024)
  /** From 1; 0: this place is free. */
  #seqs = new Uint32Array(1024)
  #count = 0

  /** The place of the message in the store; 0: it is not known. @param isAt whether it stands there */
  find(message: MessageName, isAt: (seq: number) => boolean): number {
    const hash = hashOf(message)
    for (let place = this.#first(hash); this.#seqs[place] !== 0; place = this.#after(place)) {
      if (this.#hashes[place] === hash && isAt(this.#seqs[place]!)) return this.#seqs[place]!
    }
    return 0
  }

  /** Notes where a message stands. What was noted before of the same one is found first, as long as it stands there. */
  note(message: MessageName, seq: number): void {
    if (2 * this.#count >= this.#seqs.length) this.#grow()
    this.#put(hashOf(message), seq)
  }

  #put(hash: number, seq: number): void {
    let place = this.#first(hash)
    while (this.#seqs[place] !== 0) place = this.#after(place)
    this.#hashes[place] = hash
    this.#seqs[place] = seq
    this.#count++
  }

  #grow(): void {
    const [hashes, seqs] = [this.#hashes, this.#seqs]
    this.#hashes = new Uint32Array(2 * hashes.length)
    this.#seqs = new Uint32Array(2 * seqs.length)
    this.#count = 0
    for (let place = 0; place < seqs.length; place++) if (seqs[place] !== 0) this.#put(hashes[place]!, seqs[place]!)
  }

  #first(hash: number): number {
    return hash & (this.#seqs.length - 1)
  }

  #after(place: number): number {
    return (place + 1) & (this.#seqs.length - 1)
  }
}

function hashOf({ account, dedupeKey }: MessageName): number {
  return hashText(hashText(0, account), dedupeKey)
}
