import type { Deletion, ErasedStates } from '../model/deletion.ts'
import type { Traffic } from '../model/message.ts'
import { ReceiptsUnreadable } from '../model/receipt.ts'
import type { StateSource } from '../model/state.ts'
import { SentMessage } from './audit-sent.ts'
import { type Patience, readUntilQuiet } from './read-until-quiet.ts'

/** Which of the people whose delete was acknowledged the final state still knows, once it is quiet or the time is over. */
export async function auditErasedStates(
  source: StateSource,
  traffic: Traffic,
  deletions: readonly Deletion[],
  patience: Patience,
): Promise<ErasedStates> {
  const gone = deletions.filter(({ ackedAtMs }) => !Number.isNaN(ackedAtMs))
  const userIds = new Set(gone.map(({ index }) => new SentMessage(traffic, index).event('live').userId))
  const { location } = source
  try {
    const known = await readUntilQuiet(patience, () => knownOf(source, userIds), bothEmpty)
    return { location, unreadable: '', known: [...known].sort() }
  } catch (error) {
    if (error instanceof ReceiptsUnreadable) return { location, unreadable: error.message, known: [] }
    throw error
  }
}

async function knownOf(source: StateSource, userIds: ReadonlySet<unknown>): Promise<Set<string>> {
  const known = new Set<string>()
  for await (const lines of source.read()) for (const { userId } of lines) if (userIds.has(userId)) known.add(userId)
  return known
}

function bothEmpty(before: ReadonlySet<string>, now: ReadonlySet<string>): boolean {
  return before.size === 0 && now.size === 0
}
