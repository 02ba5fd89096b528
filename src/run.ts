import { type Corpus, corpusText } from '../generators/corpus.ts'
import { knownCorpus } from '../generators/known-corpus.ts'
import { type RunMark, trafficOf } from '../generators/message.ts'
import { countedIn, deliveriesOf } from '../generators/schedule/deliveries-of.ts'
import { copyCountsOf, scheduleOf } from '../generators/schedule/schedule.ts'
import { realAddressOf } from '../generators/template/real-address.ts'
import { GENERATOR_VERSION } from '../generators/version.ts'
import { carriedEvents } from './delivery/carried-events.ts'
import { type Play, play } from './delivery/play.ts'
import type { PumpEnd } from './delivery/pump.ts'
import type { CopyCounts, Schedule } from './model/delivery.ts'
import type { Traffic } from './model/message.ts'
import type { Plan } from './model/plan.ts'
import type { RunHeader } from './model/run-header.ts'
import { ScenarioError } from './model/scenario-error.ts'
import type { Digest } from './model/world.ts'
import { type ReplayPace, replayPlan } from './scenario/replay-plan.ts'
import { type Resolution, resolve } from './scenario/resolve.ts'
import type { Scenario } from './scenario/schema.ts'

/** A scenario fully decided, with all that follows from it alone. */
export interface Prepared extends Resolution {
  readonly planHash: string
  readonly corpus: Corpus
  readonly schedule: Schedule
  readonly planned: CopyCounts
}

/** Scenario → Plan: draws the corpus, and counts what will be delivered. @throws ScenarioError */
export function prepare(scenario: Scenario, digest: Digest): Prepared {
  const draft = resolve(scenario, { version: GENERATOR_VERSION, corpusDigest: '' })
  refuseRealAddresses(draft.plan)
  const corpus = knownCorpus(draft.plan.seed, draft.plan.traffic.people)
  const generator = { version: GENERATOR_VERSION, corpusDigest: digest.sha256(corpusText(corpus)) }
  const plan: Plan = { ...draft.plan, generator }
  return {
    ...draft,
    plan,
    planHash: digest.sha256(JSON.stringify(plan)),
    corpus,
    schedule: scheduleOf(plan),
    planned: copyCountsOf(plan),
  }
}

/** @throws ScenarioError for a template that speaks of somebody who may be real */
function refuseRealAddresses({ traffic: { templates = [] } }: Plan): void {
  templates.forEach((template, i) => {
    const found = realAddressOf(template)
    if (found === undefined) return
    const described = template.type === 'identify' || template.type === 'group' ? 'traits' : 'properties'
    const path = found.path.length === 0 ? [] : [described, ...found.path]
    throw new ScenarioError(
      ['templates', i, ...path],
      `${JSON.stringify(found.address)} could be somebody's address; ${CURE}`,
    )
  })
}

const CURE = 'take {{person.email}}, example.com, 192.0.2.1 or a number such as +1-212-555-0100 instead'

/**
 * All messages of an earlier plan again, each once, in the replay envelope: the same bytes but for the envelope, and the same ids. New ones beside
 * them if asked for.
 */
export function prepareReplay(
  plan: Plan,
  corpus: Corpus,
  pace: ReplayPace,
  digest: Digest,
): Pick<Prepared, 'plan' | 'planHash' | 'corpus' | 'schedule' | 'planned'> {
  const replay = replayPlan(plan, pace)
  return {
    plan: replay,
    planHash: digest.sha256(JSON.stringify(replay)),
    corpus,
    schedule: scheduleOf(replay),
    planned: copyCountsOf(replay),
  }
}

/** What one run of a Plan adds to it. */
export type RunStart = Pick<
  RunHeader,
  'id' | 'startedAtMs' | 'target' | 'engine' | 'environment' | 'replays' | 'tls' | 'before'
>

export function headerOf(prepared: Prepared, start: RunStart): RunHeader {
  const { planHash, asks } = prepared
  return { ...start, planHash, planned: plannedOf(prepared, start), asks }
}

/** The bytes of a Stream's events decide how many requests carry them: each event is made once to count these. */
function plannedOf(prepared: Prepared, mark: RunMark): CopyCounts {
  const { plan, planned, schedule } = prepared
  return plan.stream === undefined ? planned : countedIn(deliveriesOf(plan, messagesOf(prepared, mark), schedule))
}

/** The run's messages, each by its index. */
export function messagesOf(prepared: Pick<Prepared, 'corpus' | 'plan'>, header: RunMark): Traffic {
  return trafficOf(prepared.corpus, prepared.plan, header)
}

/** What a run needs beside its plan: the outside, as arguments. */
export type RunWorld = Omit<Play, 'plan' | 'header' | 'schedule' | 'lanes' | 'eventsOf' | 'callOf'>

/** Plan → Ledger: delivers every lane's deliveries at their moments. */
export function run(prepared: Prepared, header: RunHeader, world: RunWorld): Promise<PumpEnd> {
  const { plan } = prepared
  const traffic = messagesOf(prepared, header)
  const schedule = deliveriesOf(plan, traffic, prepared.schedule)
  return play({
    ...world,
    plan,
    header,
    schedule,
    lanes: Array.from({ length: plan.lanes }, (_, lane) => lane),
    eventsOf: (delivery) => schedule.eventsOf?.(delivery) ?? carriedEvents(delivery, plan, traffic),
    callOf: (index) => traffic.typeAt(index),
  })
}

/** Requests a second that warming asks for: more than can be had, so that it takes as long as it must. */
const WARM_PER_SECOND = 25_000

/**
 * Takes the whole sending path through `plan.delivery.warmRequests` requests of made-up messages, over a transport to a null server, so that
 * the tool's own compilation is never charged to the target.
 */
export async function warmUp(prepared: Prepared, header: RunHeader, world: RunWorld): Promise<void> {
  const count = prepared.plan.delivery.warmRequests
  if (count === 0) return
  const plan = warmPlan(prepared.plan, count)
  const schedule = scheduleOf(plan)
  const { replays: _, ...own } = header
  await run({ ...prepared, plan, schedule }, { ...own, id: 'warm', startedAtMs: 0 }, world)
}

function warmPlan(plan: Plan, count: number): Plan {
  const [phase] = plan.phases
  if (phase === undefined) throw new RangeError('a plan has at least one phase')
  // An earlier run has only so many messages.
  const { timeline: _, ...traffic } = plan.traffic
  const durationMs = (count / WARM_PER_SECOND) * 1000
  const piece = { fromMs: 0, toMs: durationMs, fromPerSecond: WARM_PER_SECOND, toPerSecond: WARM_PER_SECOND }
  return {
    ...plan,
    traffic,
    phases: [
      {
        ...phase,
        startMs: 0,
        durationMs,
        pace: { arrivals: 'even', pieces: [piece] },
        messages: { first: 0, count },
        again: { first: 0, count: 0 },
        // A copy that comes later would hold up the run that is waiting to begin.
        copies: { duplicateShare: 0, lagMeanMs: 0, racingShare: 0 },
        shuffleMs: 0,
      },
    ],
    mainPhase: 0,
    delivery: {
      ...plan.delivery,
      inFlightMax: plan.delivery.connections,
      catchUpPerSecond: 1e9,
      attemptsPerSecondMax: 0,
      drainMs: 1000,
      // Arrays of two: full ones would leave few requests to warm up with.
      batchSize: Math.min(plan.delivery.batchSize, 2),
    },
    retry: { ...plan.retry, policy: 'none' },
  }
}
