import type { Traffic } from '../model/message.ts'
import type { Receipt } from '../model/receipt.ts'
import type { RunHeader } from '../model/run-header.ts'
import { atPointer } from './audit-pointer.ts'
import { utf8Text } from './utf8-text.ts'

/** Whether a record is this run's by its userId or by `context.squall.run`, whatever its id. */
export function hasMarkOf(header: RunHeader, traffic: Traffic, receipt: Receipt): boolean {
  const runIds = header.replays ? [header.replays.runId, header.id] : [header.id]
  const body = eventIn(receipt.body, runIds)
  const userIds = [receipt.userId, receipt['/userId'], atPointer(body, '/userId')]
  const isOwn = (userId: unknown): boolean =>
    typeof userId === 'string' && traffic.userIdPrefixes.some((prefix) => userId.startsWith(prefix))
  const marks = [receipt['/context/squall/run'], atPointer(body, '/context/squall/run')]
  return userIds.some(isOwn) || marks.some((mark) => runIds.some((id) => id === mark))
}

/** Text in which no such id stands is another's: it need not be parsed. */
function eventIn(body: unknown, runIds: readonly string[]): unknown {
  if (body instanceof Uint8Array) return eventIn(utf8Text(body), runIds)
  if (typeof body !== 'string') return body
  if (!runIds.some((id) => body.includes(id))) return undefined
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
