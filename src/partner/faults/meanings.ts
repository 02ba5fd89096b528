import { problem } from '../answer.ts'
import { MalformedEvent } from '../incoming-event.ts'
import type { FaultDefinition } from './fault.ts'
import { isReplay } from './is-replay.ts'

/** Receivers that store events and do the wrong thing about them. */
export const MEANINGS: readonly FaultDefinition[] = [
  {
    name: 'resurrects',
    meaning: 'removes a person on delete, and takes their earlier events for new ones when they come again',
    caughtBy: 'deletes',
    drawn: 'never',
    make: () => () => ({ staysOut: () => false }),
  },
  {
    name: 'misreads',
    meaning: 'takes the revenue of an order for its total',
    caughtBy: 'understood',
    drawn: 'never',
    make: () => () => ({ totalProperty: () => 'revenue' }),
  },
  {
    name: 'mails-on-replay',
    meaning: 'sends out for each event that comes in a replay, whether it is known or old',
    caughtBy: 'no-side-effects',
    drawn: 'never',
    make: () => () => ({ sendsOut: (event, would) => would || isReplay(event) }),
  },
  {
    name: 'rejects-deletes',
    meaning: 'answers 501 to deletes',
    caughtBy: 'deletes',
    drawn: 'message',
    make: () => () => ({
      before: ({ event }) =>
        !(event instanceof MalformedEvent) && event.type === 'delete'
          ? problem(501, 'deletes are not supported')
          : undefined,
    }),
  },
]
