import type { Delivery, Schedule } from '../model/delivery.ts'
import type { PhasePlan, Plan } from '../model/plan.ts'
import type { Recorder } from '../model/recorder.ts'
import type { RunHeader } from '../model/run-header.ts'
import type { Snapshot } from '../model/snapshot.ts'
import type { Clock, Health, World } from '../model/world.ts'
import { type Credentials, requestsOf } from './profile.ts'
import { Pump, type PumpEnd } from './pump.ts'

const SNAPSHOT_MS = 250
const SAMPLE_MS = 1000

/** What a run of some lanes needs. */
export interface Play extends Pick<World, 'clock' | 'transport'> {
  readonly plan: Plan
  readonly header: RunHeader
  readonly schedule: Schedule
  /** Which lanes are played here. */
  readonly lanes: readonly number[]
  readonly bodyOf: (delivery: Delivery) => Uint8Array
  readonly credentials: Credentials
  readonly health: Health
  readonly recorder: Recorder
  /** Aborted: start nothing more, wait for what is under way, then end. */
  readonly stop: AbortSignal
  /** Aborted: end now. */
  readonly abort: AbortSignal
  readonly onSnapshot: (snapshot: Snapshot) => void
}

/**
 * Delivers the lanes' deliveries at their moments and records what became of each attempt. Waits until `header.startedAtMs` first.
 * The target's failures are facts in the ledger.
 * @returns how it ended; `trouble` is what kept the ledger from being written
 */
export async function play(setup: Play): Promise<PumpEnd> {
  const { plan, clock, recorder, transport } = setup
  const originMs = clock.nowMs() + Math.max(0, setup.header.startedAtMs - clock.wallMs())
  const { promise, resolve } = Promise.withResolvers<PumpEnd>()
  const requestOf = requestsOf(setup.credentials)
  const pump = new Pump({
    plan,
    cursors: setup.lanes.map((lane) => setup.schedule.lane(lane)),
    requestOf: (delivery) => requestOf(setup.bodyOf(delivery)),
    clock,
    transport,
    recorder,
    originMs,
    endMs: setup.schedule.endMs,
    onEnd: resolve,
  })
  const watching = watch(setup, pump, originMs)
  onAbort(setup.stop, () => {
    pump.note({ kind: 'mark', atMs: pump.nowMs(), mark: 'stopped', text: String(setup.stop.reason) })
    pump.stop()
  })
  onAbort(setup.abort, () => pump.abort())
  pump.start()
  const end = await promise
  watching.close()
  return close(setup, end)
}

/** At once if it is aborted already. */
function onAbort(signal: AbortSignal, act: () => void): void {
  if (signal.aborted) act()
  else signal.addEventListener('abort', act, { once: true })
}

/** A run that ended on its own terms says so in its ledger; one that was cut short leaves its watermark to speak. */
function close(setup: Play, end: PumpEnd): PumpEnd {
  if (end.trouble !== undefined || setup.abort.aborted) return end
  try {
    setup.recorder.record({
      kind: 'end',
      atMs: end.atMs,
      complete: end.complete,
      connections: { ...setup.transport.stats },
    })
    setup.recorder.flush()
    return end
  } catch (trouble) {
    return { ...end, complete: false, trouble }
  }
}

/** Tells onlookers and the ledger how the run stands, a few times a second and each second. */
function watch(setup: Play, pump: Pump, originMs: number): { close(): void } {
  const { first, duplicate, replay } = setup.header.planned
  const planned = first + duplicate + replay
  const plannedPerMs = planned / Math.max(1, setup.schedule.endMs)
  const overdue = (): number => Math.min(planned - pump.view.sent, Math.round(pump.latenessMs * plannedPerMs))
  const show = (): void => setup.onSnapshot({ ...snapshotOf(setup, pump), planned, overdue: overdue() })
  const sample = (): void =>
    pump.note({
      kind: 'sample',
      atMs: pump.nowMs(),
      ...setup.health.take(),
      inFlight: pump.inFlight,
      overdue: overdue(),
    })
  setup.health.take()
  const endings = [every(setup.clock, originMs, SNAPSHOT_MS, show), every(setup.clock, originMs, SAMPLE_MS, sample)]
  return {
    close() {
      for (const end of endings) end()
      show()
    },
  }
}

function snapshotOf({ plan, schedule }: Play, pump: Pump): Omit<Snapshot, 'planned' | 'overdue'> {
  const view = pump.view.take(pump.nowMs())
  return {
    ...view,
    targetPerSecond: plan.phases.reduce((sum, phase) => sum + rateAt(phase, view.atMs - phase.startMs), 0),
    stage: pump.stage,
    phase: phaseAt(plan, view.atMs),
    endMs: schedule.endMs,
    inFlight: pump.inFlight,
    retriesWaiting: pump.retriesWaiting,
  }
}

/** @param atMs since the phase's start */
function rateAt({ pace }: PhasePlan, atMs: number): number {
  const piece = pace.pieces.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs)
  if (piece === undefined) return 0
  const { fromMs, toMs, fromPerSecond, toPerSecond } = piece
  return fromPerSecond + ((toPerSecond - fromPerSecond) * (atMs - fromMs)) / (toMs - fromMs)
}

/** The phase that began last. */
function phaseAt(plan: Plan, atMs: number): string {
  const begun = plan.phases.filter((phase) => phase.startMs <= atMs)
  return begun.at(-1)?.name ?? plan.phases[0]?.name ?? ''
}

/** Calls `act` at every multiple of `periodMs` after `originMs`. @returns what ends it */
function every(clock: Clock, originMs: number, periodMs: number, act: () => void): () => void {
  let timer = clock.at(originMs + periodMs, tick)
  function tick(): void {
    act()
    const passed = Math.floor((clock.nowMs() - originMs) / periodMs) + 1
    timer = clock.at(originMs + passed * periodMs, tick)
  }
  return () => timer.cancel()
}
