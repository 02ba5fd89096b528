import { scheduleOf } from '../../generators/schedule/schedule.ts'
import { systemClock, systemDigest } from '../../src/adapters/system-world.ts'
import { UndiciTransport, type UndiciTransportOptions } from '../../src/adapters/undici-transport.ts'
import { play } from '../../src/delivery/play.ts'
import type { AttemptObservation, Observation } from '../../src/model/observation.ts'
import type { ConnectionStats } from '../../src/model/world.ts'
import { livePhase, testHeader, testPlan } from './plans.ts'

/** A deadline that nothing but a fault reaches, however busy the machine is. */
const FAR_MS = 30_000

export interface WireRun {
  readonly attempts: readonly AttemptObservation[]
  /** What the answers said, as far as the ledger keeps it. */
  readonly details: readonly string[]
  /** How long this process itself was held up meanwhile, in all. */
  readonly heldUpMs: number
  readonly connections: ConnectionStats
}

export interface WireRunOptions extends Partial<UndiciTransportOptions> {
  readonly count: number
  readonly perSecond?: number
  /** How long an attempt may take; far away unless given. */
  readonly timeoutMs?: number
  /** Of the nth delivery; its number unless given. */
  readonly bodyOf?: (nth: number) => Uint8Array
}

/** The real pump over the real transport: each delivery is tried once. */
export async function runOverWire(url: string, options: WireRunOptions): Promise<WireRun> {
  const {
    count,
    perSecond = 200,
    timeoutMs = FAR_MS,
    bodyOf = (nth) => new TextEncoder().encode(`{"n":${nth}}`),
    ...wire
  } = options
  const base = testPlan({ phases: [livePhase(count, perSecond)] })
  const plan = {
    ...base,
    delivery: { ...base.delivery, timeoutMs },
    retry: { ...base.retry, policy: 'none' as const },
  }
  const transport = new UndiciTransport(url, { connections: 4, connectionsMax: 64, ...wire })
  const observations: Observation[] = []
  const stalls = watchStalls()
  const never = new AbortController().signal
  await play({
    plan,
    header: testHeader(plan, { startedAtMs: systemClock.wallMs() }),
    schedule: scheduleOf(plan),
    lanes: Array.from({ length: plan.lanes }, (_, lane) => lane),
    eventsOf: ({ index }) => [bodyOf(index)],
    credentials: { apiKey: 'wire', headers: [] },
    clock: systemClock,
    digest: systemDigest,
    transport,
    health: { take: () => ({ loopDelayMaxMs: 0, cpuRatio: 0, rssMb: 0 }) },
    recorder: { record: (one) => void observations.push(one), flush: () => undefined },
    stop: never,
    abort: never,
    onSnapshot: () => undefined,
  })
  await transport.close()
  return {
    attempts: observations.filter((one) => one.kind === 'attempt'),
    details: observations.flatMap((one) => (one.kind === 'answer' ? [one.text] : [])),
    heldUpMs: stalls.end(),
    connections: transport.stats,
  }
}

/** Class, status and ambiguity of the attempts, each once. */
export function outcomesOf({ attempts }: WireRun): string[] {
  const outcomes = attempts.map(({ class: outcome, status, ambiguous }) => `${outcome} ${status} ${ambiguous}`)
  return [...new Set(outcomes)].sort()
}

/** Adds up the time that the event loop loses. */
function watchStalls(): { end(): number } {
  let heldUpMs = 0
  let lastMs = performance.now()
  const look = (): void => {
    const nowMs = performance.now()
    if (nowMs - lastMs > STALL_MS) heldUpMs += nowMs - lastMs
    lastMs = nowMs
  }
  const timer = setInterval(look, 5)
  return {
    end() {
      look()
      clearInterval(timer)
      return heldUpMs
    },
  }
}

const STALL_MS = 25
