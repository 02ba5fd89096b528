import { customerOf } from '../model/customers.ts'
import type { Delivery, Schedule } from '../model/delivery.ts'
import type { CallType } from '../model/message.ts'
import type { Plan } from '../model/plan.ts'
import type { Recorder } from '../model/recorder.ts'
import type { Resumption } from '../model/resumption.ts'
import type { RunHeader } from '../model/run-header.ts'
import type { Snapshot } from '../model/snapshot.ts'
import type { StopSignal } from '../model/stop-signal.ts'
import type { Clock, Health, World } from '../model/world.ts'
import { asPlanned } from './as-planned.ts'
import { cursorFrom } from './cursor-from.ts'
import { hearingResets } from './heard-resets.ts'
import { type Credentials, requestsOf } from './profile.ts'
import { promised } from './promised.ts'
import { Pump, type PumpEnd, type PumpParts } from './pump.ts'
import { restoredLives } from './restored-lives.ts'
import { offerAgain, Refusals } from './second-offers.ts'
import { type Gzip, streamRequestsOf } from './stream-request.ts'

const SNAPSHOT_MS = 250
const SAMPLE_MS = 1000

/** What a run of some lanes needs. */
export interface Play extends Pick<World, 'clock' | 'transport' | 'digest'> {
  readonly plan: Plan
  readonly header: RunHeader
  readonly schedule: Schedule
  /** Which lanes are played here. */
  readonly lanes: readonly number[]
  /** The events that a delivery carries, as UTF-8 JSON. */
  readonly eventsOf: (delivery: Delivery) => readonly Uint8Array[]
  /** The call that a message is. Asked for where a plan sends each to the path of its call. */
  readonly callOf?: (index: number) => CallType
  /** Missing: where a plan wants bodies compressed, the engine does that itself. */
  readonly gzip?: Gzip
  readonly credentials: Credentials
  readonly health: Health
  readonly recorder: Recorder
  /** Aborted: start nothing more, wait for what is under way, then end. */
  readonly stop: StopSignal
  /** Aborted: end now. */
  readonly abort: StopSignal
  /** Without it nobody watches, and no figures are made for that. */
  readonly onSnapshot?: ((snapshot: Snapshot) => void) | undefined
  /** Of a run that goes on after it was cut off. */
  readonly resumption?: Resumption
}

/**
 * Delivers the lanes' deliveries at their moments and records what became of each attempt. Waits until `header.startedAtMs` first; a run
 * that goes on begins at once.
 * The target's failures are facts in the ledger.
 * @returns how it ended; `trouble` is what kept the ledger from being written
 */
export async function play(setup: Play): Promise<PumpEnd> {
  const { plan, clock, transport } = setup
  const recorder = new Refusals(setup.recorder, plan)
  const left = leftOf(setup)
  const originMs = originMsOf(setup)
  const { promise, resolve } = promised<PumpEnd>()
  const requestOf = attemptsOf(setup)
  const pump = new Pump({
    plan,
    ...left,
    cutAtMs: setup.resumption?.fromMs,
    requestOf,
    clock,
    transport: hearingResets(transport, plan.retry),
    recorder,
    originMs,
    endMs: Math.max(setup.schedule.endMs, setup.resumption?.fromMs ?? 0),
    onEnd: resolve,
  })
  if (setup.resumption) resume(setup, setup.resumption, pump)
  const watching = watch(setup, pump, originMs)
  onAbort(setup.stop, () => {
    pump.note({ kind: 'mark', atMs: pump.nowMs(), mark: 'stopped', text: String(setup.stop.reason) })
    pump.stop()
  })
  onAbort(setup.abort, () => pump.abort())
  pump.start()
  const end = await promise
  const offered = isUnbroken(setup, end)
    ? await tried(() =>
        offerAgain({ ...setup, refusals: recorder.kept, requestOf: (delivery) => requestOf(delivery, 1), originMs }),
      )
    : {}
  watching.close()
  return close(setup, { ...end, ...offered, atMs: pump.nowMs() })
}

/** How the nth attempt of a delivery looks if it leaves now. */
function attemptsOf({ plan, credentials, digest, clock, eventsOf, callOf, gzip }: Play): PumpParts['requestOf'] {
  const { phases, stream } = plan
  if (stream === undefined) {
    const requestOf = requestsOf(plan, credentials, digest)
    return (delivery) => requestOf(eventsOf(delivery), phases[delivery.phase], customerOf(plan, delivery.index))
  }
  const requestOf = streamRequestsOf({ stream, retry: plan.retry }, credentials, gzip)
  return (delivery, attempt) => {
    const call = callOf?.(delivery.index) ?? 'track'
    const shown = phases[delivery.phase]?.credentials ?? 'own'
    return requestOf(eventsOf(delivery), { call, attempt, sentAtMs: clock.wallMs(), shown })
  }
}

/** The clock's time at moment 0 of the run's own time. */
function originMsOf({ clock, header, resumption }: Play): number {
  if (resumption) return clock.nowMs() - resumption.fromMs
  return clock.nowMs() + Math.max(0, header.startedAtMs - clock.wallMs())
}

/** What is to be delivered: all of the schedule, or what a cut has left of it. */
function leftOf({ plan, lanes, schedule, resumption }: Play): Pick<PumpParts, 'cursors' | 'lives'> {
  const cursors = lanes.map((lane) => schedule.lane(lane))
  if (resumption === undefined) return { cursors, lives: [] }
  return {
    cursors: cursors.map((cursor, i) => cursorFrom(cursor, resumption.openUntilMs[lanes[i]!]!)),
    lives: restoredLives(plan, resumption),
  }
}

/** Puts the gap on record; who watches sees the whole run. */
function resume({ clock, header }: Play, { fromMs, before }: Resumption, pump: Pump): void {
  const gapMs = Math.max(0, clock.wallMs() - header.startedAtMs - fromMs)
  const text = `resumed after it was cut off: ${(gapMs / 1000).toFixed(1)} s so far are left out of the run's time`
  pump.note({ kind: 'mark', atMs: fromMs, mark: 'restart', text })
  Object.assign(pump.view, before)
}

/** At once if it is aborted already. */
function onAbort(signal: StopSignal, act: () => void): void {
  if (signal.aborted) act()
  else signal.addEventListener('abort', act, { once: true })
}

/** Second offers are for a run that asks for them and came to its own end. */
function isUnbroken({ header, stop, abort }: Play, { trouble }: PumpEnd): boolean {
  return header.asks.verdicts.includes('retry-discipline') && trouble === undefined && !stop.aborted && !abort.aborted
}

/** What kept the ledger from being written ends the run. */
async function tried(act: () => Promise<void>): Promise<Partial<PumpEnd>> {
  try {
    await act()
    return {}
  } catch (trouble) {
    return { complete: false, trouble }
  }
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
  const show = (): void => setup.onSnapshot?.({ ...snapshotOf(setup, pump), planned, overdue: overdue() })
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
    ...asPlanned(plan, view.atMs),
    stage: pump.stage,
    endMs: schedule.endMs,
    inFlight: pump.inFlight,
    retriesWaiting: pump.retriesWaiting,
  }
}

/** Calls `act` at every multiple of `periodMs` after `originMs`. @returns what ends it */
function every(clock: Clock, originMs: number, periodMs: number, act: () => void): () => void {
  let passed = 1
  let timer = clock.at(originMs + periodMs, tick)
  function tick(): void {
    act()
    // Rounding must not bring the same moment twice.
    passed = Math.max(passed, Math.floor((clock.nowMs() - originMs) / periodMs)) + 1
    timer = clock.at(originMs + passed * periodMs, tick)
  }
  return () => timer.cancel()
}
