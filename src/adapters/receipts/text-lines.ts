import { type ReceiptPlace, unreadable } from './receipt-place.ts'

/** Beyond it a text without a line end is no list of lines. */
const LINE_MAX = 256 * 1024 * 1024

/** The lines of a UTF-8 text, some at a time, without their ends. @throws ReceiptsUnreadable when one has no end in sight */
export async function* textLines(chunks: AsyncIterable<Uint8Array>, place: ReceiptPlace): AsyncGenerator<string[]> {
  const decoder = new TextDecoder()
  let parts: string[] = []
  let length = 0
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true })
    const end = text.lastIndexOf('\n')
    if (end >= 0) {
      yield (parts.join('') + text.slice(0, end)).split('\n')
      parts = []
      length = 0
    }
    parts.push(text.slice(end + 1))
    length += text.length - end - 1
    if (length > LINE_MAX) throw unreadable(place, 'a line is longer than 256 MB; give one JSON object a line')
  }
  const rest = parts.join('') + decoder.decode()
  if (rest !== '') yield [rest]
}
