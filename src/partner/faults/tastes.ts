import { problem } from '../answer.ts'
import { MalformedEvent } from '../incoming-event.ts'
import type { FaultDefinition } from './fault.ts'

/** The fields that the Spec has at the top of an event, and those that Segment adds. */
const KNOWN: ReadonlySet<string> = new Set([
  '_metadata',
  'anonymousId',
  'category',
  'channel',
  'context',
  'event',
  'groupId',
  'integrations',
  'messageId',
  'name',
  'originalTimestamp',
  'previousId',
  'projectId',
  'properties',
  'receivedAt',
  'sentAt',
  'timestamp',
  'traits',
  'type',
  'userId',
  'version',
  'writeKey',
])

/** Receivers that take only what they have seen before. */
export const TASTES: readonly FaultDefinition[] = [
  {
    name: 'rejects-unknown-fields',
    meaning: 'answers 400 to events with a field at the top that the Spec does not know',
    caughtBy: 'tolerant',
    drawn: 'message',
    make: () => () => ({
      before: ({ event }) => {
        if (event instanceof MalformedEvent) return undefined
        const unknown = Object.keys(event.json).find((field) => !KNOWN.has(field))
        return unknown === undefined ? undefined : problem(400, `there is no field "${unknown}"`)
      },
    }),
  },
]
