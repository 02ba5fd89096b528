import crypto from 'k6/crypto'
import exec from 'k6/execution'
import type { Options } from 'k6/options'
import { trafficOf } from '../../generators/message.ts'
import { parseCorpus } from '../../generators/parse-corpus.ts'
import { deliveriesOf } from '../../generators/schedule/deliveries-of.ts'
import { carriedEvents } from '../../src/delivery/carried-events.ts'
import { FailingMinute } from '../../src/delivery/failing-minute.ts'
import { play } from '../../src/delivery/play.ts'
import { headLine } from '../../src/ledger/observation-lines.ts'
import type { Assignment } from '../../src/model/assignment.ts'
import type { ProfileName } from '../../src/model/plan.ts'
import type { Snapshot } from '../../src/model/snapshot.ts'
import { ControlPoll } from './control-poll.ts'
import { K6Clock } from './k6-clock.ts'
import { k6Digest } from './k6-digest.ts'
import { optionsOf } from './k6-options.ts'
import { K6Transport } from './k6-transport.ts'
import { LineRecorder } from './line-recorder.ts'
import { assertInTime, credentialsOf, planOfRunner } from './runner-share.ts'
import { StopSwitch } from './stop-switch.ts'
import { Utf8Text } from './utf8-text.ts'

/** Go sends what carries one of these again by itself, and tells nobody. */
const RESENT = /^(?:x-)?idempotency-key$/i

const assignment: Assignment = JSON.parse(open(__ENV.SQUALL_ASSIGNMENT ?? './assignment.json'))
const corpus = open(__ENV.SQUALL_CORPUS ?? assignment.corpus, 'b')

/** What k6 is to know before it begins. */
export const runOptions: Options = optionsOf(assignment, Date.now())

/**
 * Plays one runner's part of the run: the lanes that are its own, at their moments, and a line for all that comes of it.
 * @param profiles those that the script is for
 */
export async function playRun(profiles: readonly ProfileName[]): Promise<void> {
  refuseWhatCannotBe(assignment, profiles)
  assertInTime(assignment, Date.now())
  const lanes = ownLanes(assignment, exec.scenario.iterationInTest)
  const { plan, header } = assignment
  const writer = { id: `k6-${exec.scenario.iterationInTest}`, lanes }
  const recorder = new LineRecorder(headLine({ plan, header, writer }))
  const clock = new K6Clock()
  const stop = new StopSwitch()
  const abort = new StopSwitch()
  const acts = { stop: (reason: string) => stop.stop(reason), abort: (reason: string) => abort.stop(reason) }
  const poll = assignment.control === undefined ? undefined : new ControlPoll(assignment.control, acts)
  const traffic = trafficOf(parseCorpus(new Utf8Text(corpus)), plan, header)
  const schedule = deliveriesOf(plan, traffic)
  const { trouble } = await play({
    plan: planOfRunner(assignment),
    header,
    schedule,
    lanes,
    eventsOf: (delivery) => schedule.eventsOf?.(delivery) ?? carriedEvents(delivery, plan, traffic),
    callOf: (index) => traffic.typeAt(index),
    credentials: credentialsOf(assignment, __ENV),
    clock,
    transport: new K6Transport(header.target.url, {
      timeoutMs: plan.delivery.timeoutMs,
      onCancelled() {
        stop.stop('k6 was told to end')
        recorder.hurry()
      },
    }),
    digest: k6Digest,
    health: { take: () => ({ loopDelayMaxMs: clock.takeLateMaxMs(), cpuRatio: null, rssMb: null }) },
    recorder,
    stop,
    abort,
    onSnapshot: assignment.leavesFailing ? leavingFailing(stop) : undefined,
  })
  poll?.close()
  clock.close()
  recorder.close()
  if (trouble !== undefined) throw trouble
  // Else k6 would wait for what is under way.
  if (abort.aborted) exec.test.abort(String(abort.reason))
}

/** Stops the run when its target fails, where nobody who watches could. */
function leavingFailing(stop: StopSwitch): (snapshot: Snapshot) => void {
  const minute = new FailingMinute()
  return (snapshot) => {
    const reason = minute.reasonToStop(snapshot)
    if (reason !== undefined) stop.stop(reason)
  }
}

/** Runner g of N plays the lanes that leave g: each lane has one runner, however k6 spreads them over processes. */
function ownLanes({ plan, runners }: Assignment, runner: number): number[] {
  const lanes: number[] = []
  for (let lane = runner; lane < plan.lanes; lane += runners) lanes.push(lane)
  return lanes
}

/** @throws Error */
function refuseWhatCannotBe({ plan, credentials }: Assignment, profiles: readonly ProfileName[]): void {
  if (!profiles.includes(plan.profile)) throw new Error(`the plan is of the profile ${plan.profile}: take its script`)
  if (crypto.sha256(corpus, 'hex') !== plan.generator.corpusDigest) {
    throw new Error('the corpus is not the one of this plan: events made from it would be others')
  }
  const name = credentials.headers.find((text, i) => i % 2 === 0 && RESENT.test(text))
  if (name !== undefined)
    throw new Error(`a request with the header ${name} would be sent twice at times: leave it out`)
}
