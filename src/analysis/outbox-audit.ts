import type { OutboxFindings, OutboxSource } from '../model/outbox.ts'
import { ReceiptsUnreadable } from '../model/receipt.ts'
import { OutboxReading, type OutboxRun } from './outbox-reading.ts'
import { type Patience, readUntilQuiet } from './read-until-quiet.ts'

/** Reads the outbox until it is quiet or the time is over. Says what was sent out for whom, or why it could not be read. */
export async function auditOutbox(source: OutboxSource, run: OutboxRun, patience: Patience): Promise<OutboxFindings> {
  const { location } = source
  try {
    const reading = await readUntilQuiet(patience, () => readOnce(source, run), agree)
    return { location, unreadable: '', ...reading.findings() }
  } catch (error) {
    if (!(error instanceof ReceiptsUnreadable)) throw error
    return { location, unreadable: error.message, ...new OutboxReading(run).findings() }
  }
}

async function readOnce(source: OutboxSource, run: OutboxRun): Promise<OutboxReading> {
  const reading = new OutboxReading(run)
  for await (const lines of source.read()) for (const line of lines) reading.take(line)
  return reading
}

/** Lines of others come and go as they like. */
function agree(before: OutboxReading, now: OutboxReading): boolean {
  return before.ownLines === now.ownLines
}
