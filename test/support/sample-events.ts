import { makeCorpus } from '../../generators/corpus.ts'
import { trafficOf } from '../../generators/message.ts'
import { DEFAULT_MIX } from '../../src/model/mix.ts'
import { livePhase, testHeader, testPlan } from './plans.ts'

const A_WEEK_HAS = 60_000
/** Of these. */
const SEEN = 5000
/** Whoever reads it wants no page of products. */
const LINE_MAX = 3000
const PEOPLE = 1000
const WEEK_MS = 7 * 86_400_000

/**
 * A page of events to read, of a week of history: of the default mix with deletes the first of each call by each library, and
 * the first of each kind of tracked event.
 */
export function sampleEvents(): string {
  const plan = testPlan({
    phases: [livePhase(A_WEEK_HAS, 50, { historyMs: WEEK_MS })],
    traffic: { mix: { ...DEFAULT_MIX, erasure: 1 }, people: PEOPLE, namespaces: 1 },
  })
  const traffic = trafficOf(makeCorpus(plan.seed, PEOPLE), plan, testHeader(plan, { id: 'sample' }))
  const first = new Map<string, string>()
  for (let n = 0; n < SEEN; n++) {
    const line = new TextDecoder().decode(traffic.messageAt(n, 'live').bytes)
    const kind = kindOf(JSON.parse(line))
    if (!first.has(kind) && line.length < LINE_MAX) first.set(kind, line)
  }
  return `${[...first.values()].join('\n')}\n`
}

interface SampleEvent {
  readonly type: string
  readonly event?: string
  readonly context: { readonly library?: { readonly name: string } }
}

/** Events are of one kind whose names begin alike: Product Viewed, Product Added. */
function kindOf({ type, event, context }: SampleEvent): string {
  return event === undefined ? `${type} ${context.library?.name}` : event.split(' ')[0]!
}
