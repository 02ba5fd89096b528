import { type Corpus, makeCorpus } from '../../generators/corpus.ts'
import { trafficOf } from '../../generators/message.ts'
import type { Envelope, Traffic } from '../../src/model/message.ts'
import type { Plan } from '../../src/model/plan.ts'
import type { RunHeader } from '../../src/model/run-header.ts'
import { testHeader, testPlan } from './plans.ts'

export const testCorpus: Corpus = makeCorpus(1, 200)

/** The traffic of a test plan, and the plan. */
export function testTraffic(
  planChanges: Partial<Plan> = {},
  headerChanges: Partial<RunHeader> = {},
): { traffic: Traffic; plan: Plan; header: RunHeader } {
  const plan = testPlan(planChanges)
  const header = testHeader(plan, headerChanges)
  return { traffic: trafficOf(testCorpus, plan, header), plan, header }
}

/** An event as a receiver parses it. */
export interface ParsedEvent {
  readonly type: string
  readonly messageId: string
  readonly timestamp: string
  readonly originalTimestamp: string
  readonly sentAt: string
  readonly receivedAt: string
  readonly userId?: string | null
  readonly anonymousId?: string
  readonly event?: string
  // biome-ignore lint/suspicious/noExplicitAny: a receiver does not know what it gets
  readonly [member: string]: any
}

export function textAt(traffic: Traffic, index: number, envelope: Envelope = 'live'): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(traffic.messageAt(index, envelope).bytes)
}

export function eventAt(traffic: Traffic, index: number, envelope: Envelope = 'live'): ParsedEvent {
  return JSON.parse(textAt(traffic, index, envelope))
}

export function eventsOf(traffic: Traffic, from: number, to: number): ParsedEvent[] {
  return Array.from({ length: to - from }, (_, i) => eventAt(traffic, from + i))
}

/** What two events have in common that differ in nothing but the messageId. */
export function contentOf(event: ParsedEvent): string {
  return JSON.stringify({ ...event, messageId: '' })
}

/** The places of those events whose content an earlier one had. */
export function twinsAmong(events: readonly ParsedEvent[]): Set<number> {
  const seen = new Set<string>()
  const twins = new Set<number>()
  events.forEach((event, place) => {
    const content = contentOf(event)
    if (seen.has(content)) twins.add(place)
    seen.add(content)
  })
  return twins
}
