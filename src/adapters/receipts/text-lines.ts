import { type ReceiptPlace, unreadable } from './receipt-place.ts'

/** Beyond it a text without a line end is no list of lines. */
const LINE_MAX_BYTES = 256 * 1024 * 1024
const LINE_FEED = 10

/** The lines of a UTF-8 text, some at a time, without their ends. @throws ReceiptsUnreadable when one has no end in sight */
export async function* textLines(chunks: AsyncIterable<Uint8Array>, place: ReceiptPlace): AsyncGenerator<string[]> {
  const lines = new Lines()
  for await (const chunk of chunks) {
    const ended = lines.take(chunk)
    if (ended.length > 0) yield ended
    if (lines.begunBytes > LINE_MAX_BYTES)
      throw unreadable(place, 'a line is longer than 256 MB; give one JSON object a line')
  }
  const rest = lines.rest()
  if (rest !== '') yield [rest]
}

/**
 * Cuts bytes into lines, and decodes each by itself: none keeps its neighbours' text in memory, and a letter beyond ASCII makes only its own line
 * twice as wide.
 */
class Lines {
  readonly #decoder = new TextDecoder()
  /** What has come of the line that is under way. */
  #begun: Uint8Array[] = []
  #begunBytes = 0

  get begunBytes(): number {
    return this.#begunBytes
  }

  /** @param chunk may be written to afterwards @returns the lines that end in it */
  take(chunk: Uint8Array): string[] {
    const lines: string[] = []
    let from = 0
    for (let to = chunk.indexOf(LINE_FEED); to >= 0; to = chunk.indexOf(LINE_FEED, from)) {
      const line = chunk.subarray(from, to)
      lines.push(this.#begunBytes > 0 ? this.rest(line) : this.#decoder.decode(line))
      from = to + 1
    }
    if (from < chunk.length) this.#begun.push(chunk.slice(from))
    this.#begunBytes += chunk.length - from
    return lines
  }

  /** The line that is under way, with its last bytes. */
  rest(last: Uint8Array = new Uint8Array(0)): string {
    const line = this.#decoder.decode(Buffer.concat([...this.#begun, last]))
    this.#begun = []
    this.#begunBytes = 0
    return line
  }
}
