import { trafficOf } from '../../generators/message.ts'
import { parseCorpus } from '../../generators/parse-corpus.ts'
import { laneOf } from '../../generators/schedule/lane.ts'
import { jsonArray } from '../../src/delivery/json-array.ts'
import { decide, retryDraw } from '../../src/delivery/retry-policy.ts'
import type { Delivery } from '../../src/model/delivery.ts'
import type { Envelope } from '../../src/model/message.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import type { Plan } from '../../src/model/plan.ts'
import type { RunHeader } from '../../src/model/run-header.ts'
import type { Digest } from '../../src/model/world.ts'

/** What every engine must come to alike. */
export interface EngineTasks {
  readonly events: readonly EventTask[]
  /** Whose every delivery counts. */
  readonly schedules: readonly Plan[]
}

export interface EventTask {
  readonly name: string
  readonly plan: Plan
  readonly header: RunHeader
  /** As text. */
  readonly corpus: string
  /** Which messages, and in which envelopes; in the order in which they are made. */
  readonly indices: readonly number[]
  readonly envelopes: readonly Envelope[]
}

const BLOCK = 1000

/** A digest of each block of a thousand events, and of each lane's deliveries with what follows from their failures. */
export function engineDigests({ events, schedules }: EngineTasks, digest: Digest): string[] {
  return [
    ...events.flatMap((task) => eventDigests(task, digest)),
    ...schedules.flatMap((plan) => laneDigests(plan, digest)),
  ]
}

function eventDigests({ name, plan, header, corpus, indices, envelopes }: EventTask, digest: Digest): string[] {
  const traffic = trafficOf(parseCorpus(corpus), plan, header)
  return envelopes.flatMap((envelope) =>
    blocksOf(indices).map((block, i) => {
      const events = block.map((index) => traffic.messageAt(index, envelope).bytes)
      return `${name}, ${envelope}, block ${i}: ${digest.sha256(jsonArray(events))}`
    }),
  )
}

function blocksOf(indices: readonly number[]): number[][] {
  const count = Math.ceil(indices.length / BLOCK)
  return Array.from({ length: count }, (_, i) => indices.slice(i * BLOCK, (i + 1) * BLOCK))
}

function laneDigests(plan: Plan, digest: Digest): string[] {
  return Array.from({ length: plan.lanes }, (_, lane) => {
    const numbers: (number | string)[] = []
    for (const delivery of deliveriesOf(plan, lane)) {
      const { dueMs, seq, phase, index, size, copy } = delivery
      numbers.push(dueMs, seq, phase, index, size, copy, ...retries(plan, delivery))
    }
    return `${plan.scenario}, lane ${lane}: ${digest.sha256(numbers.join(' '))}`
  })
}

function* deliveriesOf(plan: Plan, lane: number): Generator<Delivery> {
  const cursor = laneOf(plan, lane)
  while (cursor.peekDueMs() < Number.POSITIVE_INFINITY) yield cursor.next()
}

/** What follows from an attempt of the delivery; which one, and what it met, hangs on its place in the lane. */
function retries(plan: Plan, delivery: Delivery): (number | string)[] {
  const attempts = 1 + (delivery.seq % (plan.retry.retriesMax + 2))
  const history = { attempts, elapsedMs: delivery.dueMs * attempts, delaysMs: delivery.dueMs }
  const outcome = OUTCOMES[delivery.seq % OUTCOMES.length]!
  const { next, waitMs, delayMs } = decide(plan.retry, outcome, history, retryDraw(plan.seed, delivery, attempts))
  return [next, waitMs, delayMs]
}

const OUTCOMES: readonly Outcome[] = [
  outcomeOf('2xx', 200),
  outcomeOf('4xx', 400),
  outcomeOf('4xx', 429, '7'),
  outcomeOf('5xx', 503, 'soon'),
  outcomeOf('timeout', 0),
]

function outcomeOf(kind: Outcome['class'], status: number, retryAfter = ''): Outcome {
  return { class: kind, status, ambiguous: status === 0, connectMs: -1, retryAfter, detail: '' }
}
