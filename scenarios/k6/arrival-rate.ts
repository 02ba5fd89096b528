import { SharedArray } from 'k6/data'
import exec from 'k6/execution'
import { Counter, Trend } from 'k6/metrics'
import type { Options } from 'k6/options'
import { decide } from '../../src/delivery/retry-policy.ts'
import {
  ARRIVAL_METRICS,
  ARRIVAL_RUN,
  type ArrivalEvents,
  type ArrivalRun,
  SINGLE_ENDS,
  type SingleEnd,
} from '../../src/model/arrival-run.ts'
import { OUTCOME_CLASSES, type Outcome } from '../../src/model/outcome.ts'
import type { Plan } from '../../src/model/plan.ts'
import type { RunHeader } from '../../src/model/run-header.ts'
import { arrivalOptions } from './arrival-options.ts'
import { arrivalPlan, assertCapped } from './arrival-plan.ts'
import { ArrivalSender } from './arrival-sender.ts'
import { arrivalText, type SummaryData } from './arrival-text.ts'
import { k6Digest } from './k6-digest.ts'
import { credentialsOf } from './runner-share.ts'

/** Stands before this script's code. */
declare const SQUALL_EVENTS: ArrivalEvents

const LOOPBACK = /^https?:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?(?:[/?]|$)/
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'

const plan = plannedRun()
const target = targetUrl()
// Made once and shared by all VUs, as nothing else that is made before the run begins.
const [header] = new SharedArray(ARRIVAL_RUN, () => [newHeader()])
const run: ArrivalRun = { plan, header: header! }
const latency = new Trend(ARRIVAL_METRICS.latency, true)
const ends = new Map(SINGLE_ENDS.map((end) => [end, new Counter(ARRIVAL_METRICS.end(end))]))
const classes = new Map(OUTCOME_CLASSES.map((name) => [name, new Counter(ARRIVAL_METRICS.outcomeClass(name))]))

export const options: Options = arrivalOptions(plan, __ENV)

// A VU's own means, made while k6 makes it ready and not when it has to send; VU 0 never sends.
const sender = __VU === 0 ? undefined : newSender()

/** k6 keeps it for the summary. */
export function setup(): Readonly<Record<typeof ARRIVAL_RUN, string>> {
  return { [ARRIVAL_RUN]: JSON.stringify(run) }
}

/** One event: the iteration's number is its index, and its bytes are those that the Node engine sends at that index. */
export default async function arrivalRate(): Promise<void> {
  const { outcome, latencyMs } = await sender!.send(exec.scenario.iterationInTest)
  latency.add(latencyMs)
  classes.get(outcome.class)!.add(1)
  ends.get(endOf(outcome))!.add(1)
}

export function handleSummary(data: SummaryData): Record<string, string> {
  const file = __ENV.SQUALL_SUMMARY || 'squall-summary.json'
  return { [file]: JSON.stringify(data), stdout: arrivalText(data, file) }
}

function newSender(): ArrivalSender {
  const { corpus, credentials } = SQUALL_EVENTS
  return new ArrivalSender(run, corpus, credentialsOf({ credentials, secretsIn: 'environment' }, __ENV))
}

function endOf(outcome: Outcome): SingleEnd {
  const { next } = decide(plan.retry, outcome, { attempts: 1, elapsedMs: 0, delaysMs: 0 }, 0)
  if (next === 'acked' || next === 'rejected') return next
  return outcome.ambiguous ? 'ambiguous' : 'exhausted'
}

/** Its id stands in every identifier that the run sends. */
function newHeader(): RunHeader {
  const { asks, environment } = SQUALL_EVENTS
  return {
    id: __ENV.SQUALL_RUN_ID || Array.from({ length: 8 }, anyLetter).join(''),
    startedAtMs: Date.now(),
    target: { url: target },
    engine: { name: 'k6', version: 'unknown' },
    planHash: k6Digest.sha256(JSON.stringify(plan)),
    planned: { first: plan.phases[0]!.messages.count, duplicate: 0, replay: 0 },
    asks,
    environment,
  }
}

function plannedRun(): Plan {
  const played = arrivalPlan(SQUALL_EVENTS.plan, __ENV)
  if (SQUALL_EVENTS.capped) assertCapped(played)
  return played
}

/** Another target than the one that was let through is one on this machine. @throws Error */
function targetUrl(): string {
  const other = __ENV.SQUALL_TARGET || SQUALL_EVENTS.target
  if (other === '') throw new Error('no target: k6 run -e SQUALL_TARGET=http://127.0.0.1:8080/hook …')
  if (other === SQUALL_EVENTS.target || LOOPBACK.test(other)) return other
  throw new Error(`${other} is not this machine: make the script for it (squall k6 script arrival-rate --target …)`)
}

function anyLetter(): string {
  return LETTERS[Math.floor(Math.random() * LETTERS.length)]!
}
