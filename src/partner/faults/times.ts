import { problem } from '../answer.ts'
import { MalformedEvent } from '../incoming-event.ts'
import type { NewRecord } from '../store.ts'
import { durationMs } from './argument.ts'
import type { FaultDefinition } from './fault.ts'
import { isReplay } from './is-replay.ts'

/** Receivers that do not believe an event about when it happened. */
export const TIMES: readonly FaultDefinition[] = [
  {
    name: 'replay-as-now',
    meaning: 'dates replayed events, and all that are older than a minute, by their arrival',
    caughtBy: 'event-time',
    drawn: 'message',
    make: () => () => ({
      record: (record, event) => [
        isReplay(event) || ageMs(record) > 60_000 ? dated(record, record.receivedAtMs) : record,
      ],
    }),
  },
  {
    name: 'clamps-old',
    meaning: 'dates events that are older than so long by that limit: clamps-old(30d)',
    caughtBy: 'event-time',
    argument: '30d',
    drawn: 'message',
    make: (argument) => {
      const limitMs = durationMs(argument)
      return () => ({
        record: (record) => [ageMs(record) > limitMs ? dated(record, record.receivedAtMs - limitMs) : record],
      })
    },
  },
  {
    name: 'trusts-sent-at',
    meaning: 'dates events by sentAt instead of timestamp',
    caughtBy: 'event-time',
    drawn: 'message',
    make: () => () => ({ record: (record, event) => [dated(record, Date.parse(String(event.json.sentAt)))] }),
  },
  {
    name: 'rejects-old',
    meaning: 'answers 400 to events that are older than so long: rejects-old(30d)',
    caughtBy: 'accepts-valid',
    argument: '30d',
    drawn: 'message',
    make: (argument) => {
      const limitMs = durationMs(argument)
      return () => ({
        before: ({ event, request }) =>
          event instanceof MalformedEvent || !(request.receivedAtMs - event.timestampMs > limitMs)
            ? undefined
            : problem(400, `the timestamp is older than ${argument}`),
      })
    },
  },
]

function ageMs(record: NewRecord): number {
  return record.receivedAtMs - record.eventTimeMs
}

function dated(record: NewRecord, eventTimeMs: number): NewRecord {
  return Number.isNaN(eventTimeMs) ? record : { ...record, eventTimeMs }
}
