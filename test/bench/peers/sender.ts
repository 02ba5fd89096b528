import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { onCore } from './on-core.ts'
import { signalTree, type Usage, usageOf } from './process-tree.ts'
import type { Intake, Sink } from './sink.ts'

const SENDER_CORE = 0
/** So many arrivals say that sending has begun. */
const BEGUN = 500
const BEGINS_WITHIN_MS = 60_000
const LOOK_MS = 50

/** What a sender did between two looks at it and at the sink. */
export interface Window {
  readonly events: number
  readonly bodyBytes: number
  /** Of the sender and all that it started. */
  readonly cpuUsPerEvent: number
  readonly eventsPerSecond: number
  readonly rssMb: number
  /** Of the sender and of the sink, over wall time. */
  readonly cpuShare: number
  readonly sinkCpuShare: number
}

/** A process that sends as much as it can while it is let run. Only one of them runs at a time. */
export class Sender {
  readonly #process: ChildProcess
  readonly #sink: Sink
  #said = ''

  constructor(commandLine: readonly string[], env: NodeJS.ProcessEnv, sink: Sink) {
    const [command, ...args] = onCore(SENDER_CORE, commandLine)
    this.#sink = sink
    this.#process = spawn(command!, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [this.#process.stdout!, this.#process.stderr!]) stream.on('data', (text) => this.#hear(text))
  }

  /** Waits until it sends, lets it warm up, and pauses it. @throws what it said, where nothing arrives */
  async warmUp(seconds: number): Promise<void> {
    const before = await this.#sink.intake()
    for (
      const untilMs = Date.now() + BEGINS_WITHIN_MS;
      (await this.#sink.intake()).requests < before.requests + BEGUN;
    ) {
      if (this.#process.exitCode !== null || Date.now() > untilMs) throw new Error(`nothing arrives: ${this.#said}`)
      await sleep(LOOK_MS)
    }
    await sleep(seconds * 1000)
    this.#signal('SIGSTOP')
  }

  /** Lets it run for a while, and looks at what it does once it is under way again. */
  async watch(underWaySeconds: number, seconds: number): Promise<Window> {
    this.#signal('SIGCONT')
    await sleep(underWaySeconds * 1000)
    const from = await this.#look()
    await sleep(seconds * 1000)
    const to = await this.#look()
    this.#signal('SIGSTOP')
    return windowOf(from, to)
  }

  end(): void {
    this.#signal('SIGKILL')
  }

  async #look(): Promise<Look> {
    const intake = await this.#sink.intake()
    return { ...usageOf(this.#process.pid!), intake, atMs: performance.now() }
  }

  #signal(signal: NodeJS.Signals): void {
    signalTree(this.#process.pid!, signal)
  }

  #hear(text: string): void {
    this.#said = `${this.#said}${text}`.slice(-2000)
  }
}

interface Look extends Usage {
  readonly atMs: number
  readonly intake: Intake
}

function windowOf(from: Look, to: Look): Window {
  const events = to.intake.requests - from.intake.requests
  const wallUs = (to.atMs - from.atMs) * 1000
  return {
    events,
    bodyBytes: to.intake.bodyBytes - from.intake.bodyBytes,
    cpuUsPerEvent: (to.cpuUs - from.cpuUs) / events,
    eventsPerSecond: (events / wallUs) * 1e6,
    rssMb: to.rssMb,
    cpuShare: (to.cpuUs - from.cpuUs) / wallUs,
    sinkCpuShare: (to.intake.cpuUs - from.intake.cpuUs) / wallUs,
  }
}
