import type { Traffic } from '../model/message.ts'
import type { Receipt } from '../model/receipt.ts'
import type { RunHeader } from '../model/run-header.ts'
import { atPointer } from './audit-pointer.ts'

/** Whether a record is this run's by its userId or by `context.squall.run`, whatever its id. */
export function hasMarkOf(header: RunHeader, traffic: Traffic, receipt: Receipt): boolean {
  const runId = header.replays?.runId ?? header.id
  const body = eventIn(receipt.body, runId)
  const userIds = [receipt.userId, receipt['/userId'], atPointer(body, '/userId')]
  if (userIds.some((userId) => typeof userId === 'string' && userId.startsWith(traffic.userIdPrefix))) return true
  return receipt['/context/squall/run'] === runId || atPointer(body, '/context/squall/run') === runId
}

/** Text in which the run's id does not stand is another's: it need not be parsed. */
function eventIn(body: unknown, runId: string): unknown {
  if (typeof body !== 'string') return body
  if (!body.includes(runId)) return undefined
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
