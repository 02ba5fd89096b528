import { problem } from '../answer.ts'
import { bodyText } from '../body-text.ts'
import type { NewRecord } from '../store.ts'
import { textDigest } from '../text-digest.ts'
import type { Visit } from '../visit.ts'
import { durationMs } from './argument.ts'
import type { FaultDefinition } from './fault.ts'

/** Receivers that hold more records than there were messages, or refuse what they have already. */
export const COPIES: readonly FaultDefinition[] = [
  {
    name: 'invents',
    meaning: 'adds records that nobody sent, beside a share of the messages (1 % unless given)',
    caughtBy: 'no-phantom',
    share: 0.01,
    drawn: 'message',
    make: () => () => ({ record: (record) => [record, invented(record)] }),
  },
  {
    name: 'no-dedupe',
    meaning: 'stores every copy of a message',
    caughtBy: 'idempotent',
    drawn: 'try',
    make: () => () => ({ record: (record, _, { seen }) => [asOther(record, seen)] }),
  },
  {
    name: 'dedupe-race',
    meaning: 'looks, waits, then inserts: copies that come within so long of the first are all stored',
    caughtBy: 'idempotent',
    argument: '20ms',
    drawn: 'try',
    make: (argument) => {
      const gapMs = durationMs(argument)
      return () => ({
        record: (record, _, { seen, firstAtMs }) => [
          asOther(record, record.receivedAtMs - firstAtMs < gapMs ? seen : 0),
        ],
      })
    },
  },
  {
    name: 'short-dedupe-window',
    meaning: 'forgets what it has seen after so long: short-dedupe-window(2s)',
    caughtBy: 'idempotent',
    argument: '2s',
    drawn: 'try',
    make: (argument) => {
      const windowMs = Math.max(1, durationMs(argument))
      return () => ({
        record: (record, _, { firstAtMs }) => [
          asOther(record, Math.floor((record.receivedAtMs - firstAtMs) / windowMs)),
        ],
      })
    },
  },
  {
    name: 'dedupes-by-body',
    meaning: 'takes a message for another one when any byte of its body differs, as in a replay',
    caughtBy: 'idempotent',
    drawn: 'message',
    make: () => () => ({ record: (record, event) => [{ ...record, dedupeKey: textDigest(event.text) }] }),
  },
  {
    name: 'stores-on-5xx',
    meaning:
      'answers a share of the requests (5 % unless given) with 503 although it stored them, and stores the retry too',
    caughtBy: 'idempotent',
    share: 0.05,
    drawn: 'try',
    make: () => () => ({
      record: (record, _, { seen }) => [asOther(record, seen + 1)],
      answer: (answer, _, handling) => (handling === 'refused' ? answer : STORED_ALL_THE_SAME),
    }),
  },
  {
    name: 'stores-on-retry',
    meaning:
      'answers 503 to a share of first tries (5 % unless given) although it stored them, and stores the retry too',
    caughtBy: 'idempotent',
    share: 0.05,
    drawn: 'try',
    make: () => () => ({
      record: (record, _, visit) => [isFirstTry(visit) ? asOther(record, visit.seen + 1) : record],
      answer: (answer, visit, handling) => (handling !== 'refused' && isFirstTry(visit) ? STORED_ALL_THE_SAME : answer),
    }),
  },
  {
    name: 'rejects-duplicates',
    meaning: 'answers 409 to a message that it has already',
    caughtBy: 'idempotent',
    drawn: 'try',
    make: () => () => ({
      answer: (answer, _, handling) => (handling === 'repeated' ? problem(409, 'this message is known') : answer),
    }),
  },
]

const STORED_ALL_THE_SAME = problem(503, 'stored all the same')

/** Of a batch the first event tells. */
function isFirstTry({ seen, batch }: Visit): boolean {
  return (batch.lead?.seen ?? seen) === 0
}

/** The record as one that does not equal its message's first; 0 leaves it as it is. */
function asOther(record: NewRecord, n: number): NewRecord {
  return n === 0 ? record : { ...record, dedupeKey: `${record.dedupeKey}#${n}` }
}

function invented(record: NewRecord): NewRecord {
  const digest = textDigest(record.messageId)
  const messageId = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${record.messageId.slice(15)}`
  const body = bodyText(record.body).replace(record.messageId, messageId)
  return { ...record, messageId, dedupeKey: messageId, body }
}
