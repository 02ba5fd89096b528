import { isoTextMs } from '../../model/iso-instant.ts'
import { hasZone, isIsoTime } from '../iso-time.ts'
import { isSet, type JsonObject, shown } from '../json.ts'
import { ERROR, type EventRule, WARNING } from '../rule.ts'
import type { LintedEvent } from '../subject.ts'

const TIMES = ['timestamp', 'sentAt', 'originalTimestamp', 'receivedAt'] as const
const TIMES_OF_DELETE = TIMES.filter((name) => name !== 'originalTimestamp')
const SKEW_MAX_MS = 1000

export const TIME_RULES: readonly EventRule[] = [
  {
    id: 'time-not-iso',
    severity: ERROR,
    says: 'a time is not in ISO 8601, or no calendar has it',
    mend: 'write times like 2026-01-31T09:30:00.000Z',
    check: (event, say) => {
      for (const name of timesOf(event)) if (!isIsoTime(event.fields[name])) say(`/${name}`, shown(event.fields[name]))
    },
  },
  {
    id: 'time-without-zone',
    severity: WARNING,
    says: 'a time does not say how far it is from UTC',
    mend: 'write times in UTC, with a Z at their end',
    check: (event, say) => {
      for (const name of timesOf(event)) {
        const time = event.fields[name]
        if (typeof time === 'string' && !hasZone(time) && isIsoTime(time)) say(`/${name}`, shown(time))
      }
    },
  },
  {
    id: 'time-skew',
    severity: WARNING,
    says: 'the timestamp is not receivedAt less (sentAt less originalTimestamp), as Segment computes it',
    mend: 'leave timestamp as Segment delivered it, or correct the clock that wrote the four times',
    check: ({ type, fields }, say) => {
      const skewMs = type === 'delete' ? 0 : skewOf(fields)
      if (Math.abs(skewMs) > SKEW_MAX_MS) say('/timestamp', `${skewMs} ms off`)
    },
  },
]

/** Those that are there. Segment's own deletes carry an originalTimestamp that is no ISO 8601. */
function timesOf({ type, fields }: LintedEvent): (typeof TIMES)[number][] {
  const names = type === 'delete' ? TIMES_OF_DELETE : TIMES
  return names.filter((name) => isSet(fields[name]))
}

/** By how much the four times miss their rule, in milliseconds; 0 where one of them is missing or cannot be read. */
function skewOf({ timestamp, sentAt, originalTimestamp, receivedAt }: JsonObject): number {
  const skewMs = msOf(timestamp) - (msOf(receivedAt) - (msOf(sentAt) - msOf(originalTimestamp)))
  return Number.isNaN(skewMs) ? 0 : skewMs
}

/** NaN for what is no moment. */
function msOf(time: unknown): number {
  if (typeof time !== 'string') return Number.NaN
  const ms = isoTextMs(time)
  return Number.isNaN(ms) && isIsoTime(time) ? Date.parse(time) : ms
}
