import type { ByteSink } from '../../src/model/recorder.ts'

/** A sink that keeps what it was given. */
export class MemorySink implements ByteSink {
  readonly #pieces: Uint8Array[] = []
  length = 0
  closed = false

  write(bytes: Uint8Array): void {
    this.#pieces.push(bytes.slice())
    this.length += bytes.length
  }

  close(): void {
    this.closed = true
  }

  bytes(): Uint8Array {
    const whole = new Uint8Array(this.length)
    let at = 0
    for (const piece of this.#pieces) {
      whole.set(piece, at)
      at += piece.length
    }
    return whole
  }
}
