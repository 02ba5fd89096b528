import { LedgerWriter } from '../../src/ledger/writer.ts'
import type { Copy, Delivery, Schedule } from '../../src/model/delivery.ts'
import { unit } from '../../src/model/hash.ts'
import type { AttemptObservation, NextStep } from '../../src/model/observation.ts'
import type { OutcomeClass } from '../../src/model/outcome.ts'
import type { Plan } from '../../src/model/plan.ts'
import type { RunHeader } from '../../src/model/run-header.ts'
import { listSchedule } from './list-schedule.ts'
import { MemorySink } from './memory-sink.ts'
import { livePhase, testHeader, testPlan } from './plans.ts'

/** How a rough run goes; whatever is not said here is drawn from the seed. */
export interface RoughSetting {
  readonly seed: number
  readonly deliveries: number
  readonly lanes: number
  readonly writers: number
  /** From then on nothing is started; what is under way is waited for. */
  readonly stopAtMs: number
  /** At this moment it all ends, as by `kill -9`. */
  readonly killAtMs: number
}

/** One attempt as it truly was. */
export interface TrueAttempt {
  /** How long the writer's file was when the request left. */
  readonly fileBytes: number
  /** Undefined: it was still under way when the run was killed. */
  outcome: { readonly class: OutcomeClass; readonly ambiguous: boolean; readonly next: NextStep } | undefined
}

export interface RoughRun {
  readonly plan: Plan
  readonly header: RunHeader
  readonly schedule: Schedule
  readonly deliveries: readonly Delivery[]
  readonly files: readonly { readonly id: string; readonly lanes: readonly number[]; readonly bytes: Uint8Array }[]
  /** By delivery, `lane/seq`. */
  readonly attempts: ReadonlyMap<string, readonly TrueAttempt[]>
  /** Which file a lane is in. */
  readonly fileOf: (lane: number) => number
}

interface Event {
  readonly atMs: number
  readonly act: (nowMs: number) => void
}

const RETRIES_MAX = 3
const SPAN_MS = 1000

/**
 * Plays deliveries against a target that answers by chance, and records them in the order in which squall must: the watermark before
 * what it covers, the outcome when it is known, now and then a flush.
 */
export function roughRun(setting: RoughSetting): RoughRun {
  const deliveries = drawDeliveries(setting)
  const messages = new Set(deliveries.map((one) => one.index)).size
  const plan = testPlan({ lanes: setting.lanes, phases: [livePhase(messages, (messages / SPAN_MS) * 1000)] })
  const header = testHeader(plan, { planned: countCopies(deliveries) })
  const fileOf = (lane: number) => lane % setting.writers
  const attempts = new Map<string, TrueAttempt[]>()
  const files = Array.from({ length: setting.writers }, (_, file) => {
    const lanes = Array.from({ length: setting.lanes }, (_, lane) => lane).filter((lane) => fileOf(lane) === file)
    const sink = new MemorySink()
    const writer = new LedgerWriter(sink, { plan, header, writer: { id: `w${file}`, lanes } })
    const own = deliveries.filter((one) => fileOf(one.lane) === file)
    playPart(setting, own, sink, writer, attempts)
    return { id: `w${file}`, lanes, bytes: sink.bytes() }
  })
  return { plan, header, schedule: listSchedule(setting.lanes, deliveries), deliveries, files, attempts, fileOf }
}

function drawDeliveries({ seed, deliveries, lanes }: RoughSetting): Delivery[] {
  const dues = Array.from({ length: deliveries }, (_, i) => Math.floor(unit(seed, i, 1) * SPAN_MS)).sort(
    (a, b) => a - b,
  )
  const messages = Math.ceil(deliveries * 0.7)
  const seqs = new Map<number, number>()
  const seen = new Set<number>()
  const all = dues.map((dueMs, i): Delivery => {
    const index = i < messages ? i : Math.floor(unit(seed, i, 2) * messages)
    const lane = index % lanes
    const seq = seqs.get(lane) ?? 0
    seqs.set(lane, seq + 1)
    const copy: Copy = seen.has(index) ? 'duplicate' : 'first'
    seen.add(index)
    return { lane, seq, phase: 0, index, size: 1, copy, dueMs }
  })
  return all
}

function playPart(
  setting: RoughSetting,
  deliveries: readonly Delivery[],
  sink: MemorySink,
  writer: LedgerWriter,
  truth: Map<string, TrueAttempt[]>,
): void {
  const { seed, stopAtMs, killAtMs } = setting
  const events: Event[] = []
  const waiting = new Map<string, Delivery>()
  let watermarkMs = Number.NEGATIVE_INFINITY
  let inFlight = 0

  const at = (atMs: number, act: (nowMs: number) => void) => events.push({ atMs, act })
  for (const delivery of deliveries)
    at(delivery.dueMs + wait(delivery, 1), (nowMs) => send(delivery, 1, delivery.dueMs, nowMs))
  for (let i = 0; i < 5; i++) at(unit(seed, i, 3) * SPAN_MS, () => writer.flush())
  run()

  function wait(delivery: Delivery, attempt: number): number {
    return unit(seed, delivery.index, delivery.seq, attempt) < 0.3 ? unit(seed, delivery.seq, attempt, 4) * 200 : 0
  }

  function send(delivery: Delivery, attempt: number, attemptDueMs: number, nowMs: number): void {
    if (nowMs >= stopAtMs) return
    waiting.delete(keyOf(delivery))
    if (nowMs + 50 > watermarkMs) {
      watermarkMs = nowMs + 50 + unit(seed, nowMs, 5) * 200
      writer.record({ kind: 'watermark', untilMs: watermarkMs })
      writer.flush()
    }
    const made: TrueAttempt = { fileBytes: sink.length, outcome: undefined }
    truth.set(keyOf(delivery), [...(truth.get(keyOf(delivery)) ?? []), made])
    inFlight++
    const latencyMs = 1 + unit(seed, delivery.index, delivery.seq, attempt + 10) * 150
    at(nowMs + latencyMs, (thenMs) => answer(delivery, attempt, attemptDueMs, nowMs, latencyMs, thenMs, made))
  }

  function answer(
    delivery: Delivery,
    attempt: number,
    attemptDueMs: number,
    sentMs: number,
    latencyMs: number,
    nowMs: number,
    made: TrueAttempt,
  ): void {
    inFlight--
    const met = drawOutcome(unit(seed, delivery.index, delivery.seq, attempt + 20), attempt)
    made.outcome = met
    const retryAtMs = met.next === 'retry' ? nowMs + unit(seed, delivery.seq, attempt, 6) * 400 : 0
    writer.record({
      ...delivery,
      kind: 'attempt',
      attempt,
      attemptDueMs,
      slotWaitMs: sentMs - attemptDueMs,
      pumpLagMs: 0,
      latencyMs,
      connectMs: -1,
      status: met.status,
      class: met.class,
      ambiguous: met.ambiguous,
      next: met.next,
      retryAtMs,
    } satisfies AttemptObservation)
    if (met.next !== 'retry') return
    waiting.set(keyOf(delivery), delivery)
    at(retryAtMs + wait(delivery, attempt + 1), (thenMs) => send(delivery, attempt + 1, retryAtMs, thenMs))
  }

  function run(): void {
    while (events.length > 0) {
      events.sort((a, b) => a.atMs - b.atMs)
      const next = events.shift()!
      if (next.atMs >= killAtMs) return
      next.act(next.atMs)
    }
    if (inFlight > 0) return
    for (const { lane, seq } of waiting.values()) writer.record({ kind: 'gave-up', lane, seq, atMs: stopAtMs })
    writer.record({ kind: 'end', atMs: 3000, complete: stopAtMs > SPAN_MS })
    writer.close()
  }
}

type Met = NonNullable<TrueAttempt['outcome']> & { readonly status: number }

function drawOutcome(draw: number, attempt: number): Met {
  if (draw < 0.4) return { class: '2xx', status: 200, ambiguous: false, next: 'acked' }
  if (draw < 0.5) return { class: '4xx', status: 400, ambiguous: false, next: 'rejected' }
  const next = attempt > RETRIES_MAX ? 'exhausted' : 'retry'
  if (draw < 0.8) return { class: '5xx', status: 503, ambiguous: false, next }
  return { class: 'timeout', status: 0, ambiguous: true, next }
}

function countCopies(deliveries: readonly Delivery[]): RunHeader['planned'] {
  const duplicate = deliveries.filter((one) => one.copy === 'duplicate').length
  return { first: deliveries.length - duplicate, duplicate, replay: 0 }
}

export function keyOf({ lane, seq }: Pick<Delivery, 'lane' | 'seq'>): string {
  return `${lane}/${seq}`
}
