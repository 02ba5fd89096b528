import type { DeliveryPlan, GeneratorIdentity, PhasePlan, Plan, RetryPlan, TrafficPlan } from '../model/plan.ts'
import type { Asks, EngineName } from '../model/run-header.ts'
import { asksOf } from './asks.ts'
import { customersPlanOf } from './customers.ts'
import { partingOf } from './lanes.ts'
import { mixOf } from './mix.ts'
import { peakDeliveriesPerSecond } from './peak.ts'
import { retryPlanOf, retryTailMs } from './retry-plan.ts'
import type { Partner as PartnerFields, Scenario } from './schema.ts'
import { checkShown } from './shown.ts'
import { streamPlanOf } from './stream.ts'
import { streamAccessOf, type TokenAccess, targetOf } from './stream-access.ts'
import { templatePlansOf } from './template.ts'
import { mainPhaseOf, timelineOf } from './timeline.ts'
import { parseDurationMs, parseRatePerSecond, parseShare } from './units.ts'
import { type WirePlan, wirePlanOf } from './wire.ts'

/** A Scenario fully decided: the Plan, and what a run needs beside it. */
export interface Resolution {
  readonly plan: Plan
  readonly asks: Asks
  /** What goes wrong in the embedded partner on purpose, in its own words. */
  readonly partner: Required<PartnerFields>
  readonly engine: EngineName
  /** How the run introduces itself and whom it trusts: the places of secrets and files, never what stands there. */
  readonly access: Access
  /** With what a token is asked for; undefined: none is. */
  readonly oauth: TokenAccess | undefined
  /** As the author wrote them; undefined: not given. */
  readonly target: string | undefined
  readonly receipts: string | undefined
  readonly state: string | undefined
  readonly outbox: string | undefined
  readonly discards: string | undefined
  /** A command that kills the target and starts it again. */
  readonly restart: string | undefined
}

/** Undefined: not given. */
export type Access = {
  readonly [Place in 'apiKey' | 'expiredKey' | 'writeKey' | 'sharedSecret' | 'receiptsKey' | 'ca' | 'cert' | 'key']:
    | string
    | undefined
}

const DRAIN_MAX_MS = 120_000
const CATCH_UP_MIN_PER_SECOND = 1000
const WARM_UP_MS = 5000

/** Decides all that the author left out. @throws ScenarioError where the parts do not fit together */
export function resolve(scenario: Scenario, generator: GeneratorIdentity): Resolution {
  const { receipts, state, outbox, discards, restart, partner } = scenario
  const { apiKey, expiredKey, sharedSecret, receiptsKey, ca, cert, key } = scenario
  const plan = planOf(scenario, generator)
  const { writeKey, oauth } = streamAccessOf(scenario)
  return {
    plan,
    asks: asksOf(scenario),
    engine: scenario.engine ?? 'node',
    partner: { faults: [], tls: false, apiKeys: [], ...partner },
    access: { apiKey, expiredKey, writeKey, sharedSecret, receiptsKey, ca, cert, key },
    oauth,
    target: targetOf(scenario),
    receipts,
    state,
    outbox,
    discards,
    restart,
  }
}

function planOf(scenario: Scenario, generator: GeneratorIdentity): Plan {
  const traffic: TrafficPlan = {
    mix: mixOf(scenario.mix ?? (scenario.profile === 'stream' ? 'stream' : 'default')),
    ...(scenario.templates && { templates: templatePlansOf(scenario.templates) }),
    people: scenario.people ?? 1000,
    namespaces: scenario.customers?.length ?? scenario.namespaces ?? 1,
    ...customersOf(scenario),
  }
  const phases = timelineOf(scenario)
  checkShown(scenario, phases)
  const mainPhase = mainPhaseOf(scenario)
  const retry = retryPlanOf(scenario)
  const { lanes, batchSize } = partingOf(scenario, phases)
  const wire = { ...wirePlanOf(scenario), batchSize }
  const stream = streamPlanOf(scenario)
  return {
    format: 1,
    scenario: scenario.name,
    seed: scenario.seed ?? 1,
    generator,
    profile: scenario.profile ?? 'subscription',
    lanes,
    traffic,
    phases,
    mainPhase,
    warmUpMs: warmUpMsOf(scenario, phases[mainPhase]!),
    delivery: deliveryPlanOf(scenario, retry, wire, peakDeliveriesPerSecond({ phases, traffic, delivery: wire })),
    retry,
    ...(stream && { stream }),
  }
}

function customersOf(scenario: Scenario): Pick<TrafficPlan, 'customers'> {
  const customers = customersPlanOf(scenario)
  return customers === undefined ? {} : { customers }
}

function warmUpMsOf({ warmUp }: Scenario, { durationMs }: PhasePlan): number {
  return warmUp === undefined ? Math.min(WARM_UP_MS, durationMs / 10) : Math.min(parseDurationMs(warmUp), durationMs)
}

/** What Segment asks Stream partners to keep to. */
const STREAM_CEILING_PER_SECOND = 50

function ceilingPerSecondOf({ ceiling, profile }: Scenario): number {
  if (ceiling !== undefined) return parseRatePerSecond(ceiling)
  return profile === 'stream' ? STREAM_CEILING_PER_SECOND : 0
}

function deliveryPlanOf(scenario: Scenario, retry: RetryPlan, wire: WirePlan, peakPerSecond: number): DeliveryPlan {
  const { drain, catchUp } = scenario
  const tailMs = Math.min(retryTailMs(retry, wire.timeoutMs), DRAIN_MAX_MS)
  return {
    ...wire,
    inFlightMax: scenario.inFlight ?? 512,
    connections: scenario.connections ?? 64,
    catchUpPerSecond: catchUp ? parseRatePerSecond(catchUp) : Math.max(2 * peakPerSecond, CATCH_UP_MIN_PER_SECOND),
    ...(scenario.lostAnswers !== undefined && { lostAnswerShare: parseShare(scenario.lostAnswers) }),
    attemptsPerSecondMax: ceilingPerSecondOf(scenario),
    ...(scenario.profile === 'stream' && { evenlyPaced: true as const }),
    drainMs: drain === undefined ? tailMs : parseDurationMs(drain),
    warmRequests: scenario.warmRequests ?? 25_000,
    headers: Object.entries(scenario.headers ?? {}).flat(),
  }
}
