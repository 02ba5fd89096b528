import { Socket } from 'node:net'

/** More than an ordinary request or read has. */
const ROOM_BYTES = 64 * 1024

/** Where every socket's bytes arrive, to be copied at once: answers are short, and a buffer for each read would cost more. */
const arrivals = Buffer.allocUnsafe(ROOM_BYTES)
/** Where a request's head and body are joined; left to the system where that has not taken them at once. */
let departures = Buffer.allocUnsafe(ROOM_BYTES)

/** What a stream was given to write. */
interface Piece {
  readonly chunk: Uint8Array | string
  readonly encoding: BufferEncoding
}

/**
 * A TCP connection that spares a request most of what streams cost: head and body, corked, leave as one piece, and an answer is handed
 * over as it comes. Whatever is out of the ordinary goes the stream's own way.
 */
export class LeanSocket extends Socket {
  #arrived: Buffer | undefined

  constructor() {
    super({ onread: { buffer: arrivals, callback: (bytes) => this.#arrive(bytes) } })
  }

  override read(size?: number): Buffer | null {
    const arrived = this.#arrived
    if (arrived === undefined || size !== undefined) return super.read(size)
    this.#arrived = undefined
    return arrived
  }

  /** Corked pieces leave as one: undici's are a head, in Latin-1, and a body. */
  override _writev(pieces: readonly Piece[], done: (error?: Error | null) => void): void {
    const bytes = pieces.reduce((sum, { chunk }) => sum + chunk.length, 0)
    if (bytes > ROOM_BYTES || !pieces.every(isOneBytePerLetter)) {
      super._writev?.([...pieces], done)
      return
    }
    let end = 0
    for (const { chunk } of pieces) {
      if (typeof chunk === 'string') departures.write(chunk, end, 'latin1')
      else departures.set(chunk, end)
      end += chunk.length
    }
    this._write(departures.subarray(0, end), 'buffer' as BufferEncoding, done)
    if (this.writableLength > 0) departures = Buffer.allocUnsafe(ROOM_BYTES)
  }

  /** @returns whether more may come */
  #arrive(bytes: number): boolean {
    const arrived = Buffer.from(arrivals.subarray(0, bytes))
    if (this.readableLength > 0) return this.push(arrived)
    this.#arrived = arrived
    this.emit('readable')
    const isLeft = this.#arrived !== undefined
    this.#arrived = undefined
    return !isLeft || this.push(arrived)
  }
}

function isOneBytePerLetter({ chunk, encoding }: Piece): boolean {
  return typeof chunk !== 'string' || encoding === 'latin1'
}
