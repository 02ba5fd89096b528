import { ReceiptsUnreadable } from '../model/receipt.ts'
import { type Patience, readUntilQuiet } from './read-until-quiet.ts'

/** What a receiver tells beside its receipts. Each call reads it anew, from the beginning. */
interface LineSource<Line> {
  readonly location: string
  read(): AsyncIterable<readonly Line[]>
}

/** One reading of it. */
interface LineReading<Line, Findings> {
  /** How much of it is of this run: what is of others comes and goes as it likes. */
  readonly own: number
  take(line: Line): void
  findings(): Findings
}

/** Where it was read, and why not to its end: empty unless it could not be read; then nothing else counts. */
interface Reached {
  readonly location: string
  readonly unreadable: string
}

/** Reads until it is quiet or the time is over. Says what it tells, or why it could not be read. */
export async function auditLines<Line, Findings>(
  source: LineSource<Line>,
  begin: () => LineReading<Line, Findings>,
  patience: Patience,
): Promise<Findings & Reached> {
  const { location } = source
  const readOnce = async (): Promise<LineReading<Line, Findings>> => {
    const reading = begin()
    for await (const lines of source.read()) for (const line of lines) reading.take(line)
    return reading
  }
  try {
    const reading = await readUntilQuiet(patience, readOnce, (before, now) => before.own === now.own)
    return { location, unreadable: '', ...reading.findings() }
  } catch (error) {
    if (!(error instanceof ReceiptsUnreadable)) throw error
    return { location, unreadable: error.message, ...begin().findings() }
  }
}
