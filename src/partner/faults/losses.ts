import { OK } from '../answer.ts'
import type { IncomingEvent } from '../incoming-event.ts'
import type { NewRecord } from '../store.ts'
import { textDigest } from '../text-digest.ts'
import { ratePerSecond, ratio, waitMs, whole } from './argument.ts'
import type { FaultDefinition, FaultSite, Hooks } from './fault.ts'
import { LastSecond } from './last-second.ts'

/** Receivers that say 200 to what is not in their store afterwards. */
export const LOSSES: readonly FaultDefinition[] = [
  {
    name: 'loses',
    meaning: 'answers 200 and drops a share of the messages, every copy of them: loses(1e-3)',
    caughtBy: 'no-loss',
    argument: '1e-3',
    drawn: 'message',
    make: (argument) => {
      const share = ratio(argument)
      return ({ salt }) => ({
        record: (record, _, visit) => (visit.drawOfMessage(salt + 1) < share ? [] : [record]),
      })
    },
  },
  {
    name: 'loses-in-burst',
    meaning: 'answers 200 to everything and drops what is beyond so many events within a second: loses-in-burst(500/s)',
    caughtBy: 'no-loss',
    argument: '500/s',
    drawn: 'message',
    make: (argument) => {
      const perSecond = Math.floor(ratePerSecond(argument))
      return () => cutting(new LastSecond(perSecond))
    },
  },
  {
    name: 'loses-last-batch',
    meaning:
      'stores a batch of so many when the next event finds it full, and so never the last one: loses-last-batch(25)',
    caughtBy: 'no-loss',
    argument: '25',
    drawn: 'message',
    make: (argument) => {
      const size = whole(argument, 1, 1_000_000)
      return () => batching(size)
    },
  },
  {
    name: 'acks-before-persist',
    meaning: 'answers 200 at once and stores later, at least so long after: lost if it dies in between',
    caughtBy: 'no-loss',
    argument: '200ms',
    drawn: 'try',
    make: (argument) => {
      const holdMs = waitMs(argument)
      return (site) => holding(holdMs, site)
    },
  },
  {
    name: 'loses-on-restart',
    meaning: 'answers 200 and keeps events in memory for so long at least: any restart loses them, an orderly one too',
    caughtBy: 'no-loss',
    argument: '2s',
    drawn: 'try',
    make: (argument) => {
      const holdMs = waitMs(argument)
      return (site) => ({ add: holding(holdMs, site).add })
    },
  },
  {
    name: 'dedupes-by-content',
    meaning: 'takes two messages of equal user, event, time and content for one',
    caughtBy: 'no-loss',
    drawn: 'message',
    make: () => () => ({ record: (record, event) => [{ ...record, dedupeKey: contentKey(event) }] }),
  },
  {
    name: 'dedupes-across-customers',
    meaning: 'takes two customers’ messages with one messageId for one, and keeps that of whoever came first',
    caughtBy: 'no-loss',
    drawn: 'message',
    make: () => () => keepingFirstCustomer(),
  },
  {
    name: 'says-200-on-error',
    meaning: 'fails to store a share of the messages (1 % unless given) and says so only in the body of a 200',
    caughtBy: 'no-loss',
    share: 0.01,
    drawn: 'message',
    make: () => () => ({ before: () => SAYS_OK_BUT_FAILED }),
  },
  {
    name: 'partial-batch',
    meaning: 'answers 200 to an array of events and stores the first half of it',
    caughtBy: 'no-loss',
    drawn: 'message',
    make: () => () => ({ record: (record, _, { batch }) => (2 * batch.place < batch.size ? [record] : []) }),
  },
  {
    name: 'drops-overflow',
    meaning:
      'accepts faster than it stores: what comes when a second’s worth is queued is dropped: drops-overflow(100/s)',
    caughtBy: 'no-loss',
    argument: '100/s',
    drawn: 'message',
    make: (argument) => {
      const perSecond = ratePerSecond(argument)
      return () => overflowing(perSecond)
    },
  },
]

/** An id belongs to the customer who brought it first. */
function keepingFirstCustomer(): Hooks {
  const owners = new Map<string, string>()
  return {
    add(record, _, store) {
      const owner = owners.get(record.messageId) ?? record.account
      owners.set(record.messageId, owner)
      return owner === record.account && store(record)
    },
  }
}

function cutting(taken: LastSecond): Hooks {
  return { record: (record, _, visit) => (taken.takes(visit) ? [record] : []) }
}

/** Copies find no place in a batch: only messages push it on, so that the last of them are always lost. */
function batching(size: number): Hooks {
  const known = new Set<string>()
  const batch: (() => void)[] = []
  return {
    add: (record, _, store) => {
      const key = `${record.account} ${record.dedupeKey}`
      if (known.has(key)) return false
      known.add(key)
      if (batch.length === size) for (const write of batch.splice(0)) write()
      batch.push(() => store(record))
      return true
    },
  }
}

/** The queue drains steadily and holds a second's worth; what it has taken counts as stored. */
function overflowing(perSecond: number): Hooks {
  let queued = 0
  let lastMs = Number.NEGATIVE_INFINITY
  return {
    record: (record) => {
      queued = Math.max(0, queued - ((record.receivedAtMs - lastMs) / 1000) * perSecond)
      lastMs = record.receivedAtMs
      if (queued + 1 > perSecond) return []
      queued++
      return [record]
    },
  }
}

const SAYS_OK_BUT_FAILED = {
  ...OK,
  headers: ['content-type', 'application/json'],
  body: JSON.stringify({ success: false, error: 'could not be stored' }),
}

/** Two generations, so that one timer holds everything for at least `holdMs` and at most twice that. */
function holding(holdMs: number, site: FaultSite): Required<Pick<Hooks, 'add' | 'flush'>> {
  let older: (() => void)[] = []
  let younger: (() => void)[] = []
  const release = (): void => {
    for (const store of older) store()
    older = younger
    younger = []
    if (older.length > 0) site.later(holdMs, release)
  }
  return {
    add: (record, _, store) => {
      if (older.length + younger.length === 0) site.later(holdMs, release)
      younger.push(() => store(record))
      return true
    },
    flush: () => {
      release()
      release()
    },
  }
}

function contentKey({ json }: IncomingEvent): NewRecord['dedupeKey'] {
  const { type, userId, anonymousId, event, timestamp, properties, traits } = json
  return textDigest(JSON.stringify([type, userId, anonymousId, event, timestamp, properties, traits]))
}
