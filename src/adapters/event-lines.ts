/** A line of a text, with its number from 1. */
export interface NumberedLine {
  readonly number: number
  readonly text: string
}

/** What is longer is cut there: no event is, and a text without line ends must not fill the memory. */
const LINE_MAX = 64 * 1024 * 1024

/**
 * The lines of a UTF-8 text, some at a time. A text that begins as a JSON document of several lines comes as the one line that it could be:
 * its number is that of its beginning.
 */
export async function* eventLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<NumberedLine[]> {
  const lines = numbered(chunks)
  for (let step = await lines.next(); !step.done; step = await lines.next()) {
    const first = step.value.find(({ text }) => text.trim() !== '')
    if (first === undefined) continue
    if (beginsDocument(first.text)) yield [await wholeOf(first.number, step.value, lines)]
    else yield step.value
    break
  }
  yield* lines
}

async function* numbered(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<NumberedLine[]> {
  const decoder = new TextDecoder()
  let number = 1
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop()!.slice(0, LINE_MAX)
    if (lines.length > 0) yield lines.map((text, i) => ({ number: number + i, text }))
    number += lines.length
  }
  rest += decoder.decode()
  if (rest !== '') yield [{ number, text: rest }]
}

/** A list, or a bracket that stands alone; a line that is broken otherwise is just a broken line. */
function beginsDocument(line: string): boolean {
  const text = line.trim()
  return text === '{' || (text.startsWith('[') && !isJson(text))
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

async function wholeOf(
  number: number,
  head: readonly NumberedLine[],
  rest: AsyncIterable<readonly NumberedLine[]>,
): Promise<NumberedLine> {
  let text = textOf(head)
  for await (const lines of rest) if (text.length < LINE_MAX) text += `\n${textOf(lines)}`
  return { number, text }
}

function textOf(lines: readonly NumberedLine[]): string {
  return lines.map(({ text }) => text).join('\n')
}
