import type { Schedule } from '../model/delivery.ts'
import type { Traffic } from '../model/message.ts'
import { isRefusedPhase, type Plan } from '../model/plan.ts'
import type { RunHeader } from '../model/run-header.ts'
import type { OutgoingRequest } from '../model/world.ts'
import { carriedEvents } from './carried-events.ts'
import { streamRequestsOf } from './stream-request.ts'

/** Whole requests are alike but for their events. */
const REQUESTS_MAX = 64
/** Nobody's: a run's own are not on record. */
const KEY = 'a-key'

/** A Stream's run, made again. */
export interface RemadeStream {
  readonly plan: Plan
  readonly header: Pick<RunHeader, 'startedAtMs'>
  readonly schedule: Schedule
  readonly traffic: Traffic
}

/** The first request of each lane that begins with what should be taken, as lint reads it: a JSON object with its method, URL, headers and body. */
export function* capturedRequests({ plan, header, schedule, traffic }: RemadeStream): Generator<string> {
  const { stream, retry, delivery } = plan
  if (stream === undefined) return
  const credentials = { apiKey: '', writeKey: KEY, headers: delivery.headers }
  const requestOf = streamRequestsOf({ stream, retry }, credentials, (body) => body)
  for (let lane = 0; lane < Math.min(schedule.lanes, REQUESTS_MAX); lane++) {
    const cursor = schedule.lane(lane)
    if (cursor.peekDueMs() === Number.POSITIVE_INFINITY) continue
    const first = cursor.next()
    if (isRefusedPhase(plan, first.phase)) continue
    const dispatch = { call: traffic.typeAt(first.index), attempt: 1, sentAtMs: header.startedAtMs + first.dueMs }
    yield capturedText(requestOf(carriedEvents(first, plan, traffic), { ...dispatch, shown: 'own' }))
  }
}

function capturedText({ method, path = '/', headers, body }: OutgoingRequest): string {
  const named: Record<string, string> = {}
  for (let i = 0; i + 1 < headers.length; i += 2) named[headers[i]!] = headers[i + 1]!
  return JSON.stringify({ method, url: path, headers: named, body: new TextDecoder().decode(body) })
}
