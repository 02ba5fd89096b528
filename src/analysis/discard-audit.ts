import type { DiscardFindings, DiscardSource } from '../model/discards.ts'
import { ReceiptsUnreadable } from '../model/receipt.ts'
import { DiscardReading, type DiscardRun } from './discard-reading.ts'
import { type Patience, readUntilQuiet } from './read-until-quiet.ts'

/** Reads the discards until they are quiet or the time is over. Says what was discarded, or why they could not be read. */
export async function auditDiscards(
  source: DiscardSource,
  run: DiscardRun,
  patience: Patience,
): Promise<DiscardFindings> {
  const { location } = source
  try {
    const reading = await readUntilQuiet(patience, () => readOnce(source, run), agree)
    return { location, unreadable: '', ...reading.findings() }
  } catch (error) {
    if (!(error instanceof ReceiptsUnreadable)) throw error
    return { location, unreadable: error.message, ...new DiscardReading(run).findings() }
  }
}

async function readOnce(source: DiscardSource, run: DiscardRun): Promise<DiscardReading> {
  const reading = new DiscardReading(run)
  for await (const lines of source.read()) for (const line of lines) reading.take(line)
  return reading
}

/** Discards of others come and go as they like. */
function agree(before: DiscardReading, now: DiscardReading): boolean {
  return before.ownEvents === now.ownEvents
}
