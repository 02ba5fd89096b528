/** Bytes that come in chunks, taken in the lengths that a reader needs. A chunk may be overwritten once the next one is asked for. */
export class ByteStream {
  readonly #chunks: Iterator<Uint8Array>
  #chunk: Uint8Array = new Uint8Array(0)
  #used = 0
  /** How many bytes were taken. */
  position = 0

  constructor(chunks: Iterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.iterator]()
  }

  /** The next `length` bytes, valid until the next call; fewer where the stream ends. */
  take(length: number): Uint8Array {
    const here = this.#some(length)
    if (here.length === length) return here
    const pieces = [here.slice()]
    for (let missing = length - here.length; missing > 0 && this.#advance(); ) {
      const piece = this.#some(missing)
      pieces.push(piece.slice())
      missing -= piece.length
    }
    return joined(pieces)
  }

  /** What the current chunk can give. */
  #some(length: number): Uint8Array {
    const piece = this.#chunk.subarray(this.#used, this.#used + length)
    this.#used += piece.length
    this.position += piece.length
    return piece
  }

  #advance(): boolean {
    const next = this.#chunks.next()
    if (next.done === true) return false
    this.#chunk = next.value
    this.#used = 0
    return true
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
