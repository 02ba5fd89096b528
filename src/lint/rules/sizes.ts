import { type BatchRule, ERROR, type EventRule, STREAM_ERROR } from '../rule.ts'

const KB = 1024
const EVENT_MAX_BYTES = 32 * KB
const BATCH_MAX_BYTES = 500 * KB
const BATCH_MAX_EVENTS = 2500

export const EVENT_SIZE_RULES: readonly EventRule[] = [
  {
    id: 'event-too-large',
    severity: ERROR,
    says: 'the event is larger than the 32 KB that Segment takes',
    mend: 'leave out what nobody needs, or send several events',
    check: ({ bytes }, say) => {
      if (bytes > EVENT_MAX_BYTES) say('', `${bytes} bytes of ${EVENT_MAX_BYTES}`)
    },
  },
]

/** What one request to the HTTP API may carry. Arrays that Segment itself delivers have other limits. */
export const BATCH_RULES: readonly BatchRule[] = [
  {
    id: 'empty_batch',
    severity: ERROR,
    says: 'the batch has no events',
    mend: 'send nothing when there is nothing to send',
    check: ({ count }, say) => {
      if (count === 0) say('')
    },
  },
  {
    id: 'batch-too-many',
    severity: STREAM_ERROR,
    says: 'the batch has more than the 2 500 events that Segment takes; it answers 200 and drops them',
    mend: 'send several batches',
    check: ({ count }, say) => {
      if (count > BATCH_MAX_EVENTS) say('', `${count} events of ${BATCH_MAX_EVENTS}`)
    },
  },
  {
    id: 'batch-too-large',
    severity: STREAM_ERROR,
    says: 'the batch is larger than the 500 KB that Segment takes',
    mend: 'send several batches',
    check: ({ bytes }, say) => {
      if (bytes > BATCH_MAX_BYTES) say('', `${bytes} bytes of ${BATCH_MAX_BYTES}`)
    },
  },
]
