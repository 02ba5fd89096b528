import { systemDigest } from '../../src/adapters/system-world.ts'
import type { RunFacts } from '../../src/analysis/run-facts.ts'
import { auditRecord, type Judgement, judge, openRecord, type RunRecord, resumptionOf } from '../../src/judge.ts'
import type { LedgerWriterIdentity } from '../../src/ledger/ledger-head.ts'
import { writeAudit } from '../../src/ledger/write-audit.ts'
import { LedgerWriter } from '../../src/ledger/writer.ts'
import type { Delivery, LaneCursor, Schedule } from '../../src/model/delivery.ts'
import type { ByteSink } from '../../src/model/recorder.ts'
import type { Resumption } from '../../src/model/resumption.ts'
import type { RunHeader } from '../../src/model/run-header.ts'
import type { Transport } from '../../src/model/world.ts'
import { headerOf, type Prepared, run } from '../../src/run.ts'
import { simulatedTransport } from '../../src/simulation/network.ts'
import { SimulatedPartner } from '../../src/simulation/simulated-partner.ts'
import { VirtualClock } from '../../src/simulation/virtual-clock.ts'
import { MemorySink } from './memory-sink.ts'

/** When squall is killed: at a moment, or amid the nth write to its ledger, of which a share is left. */
export type Kill = { readonly afterMs: number } | { readonly atWrite: number; readonly share: number }

const NOBODY = { squall: '0', runtime: 'test', platform: 'test', cpus: 1, memoryMb: 1 }

/** One run in virtual time that may be killed, judged and resumed as often as one likes, against one simulated partner that lives on. */
export class CrashRehearsal {
  readonly clock: VirtualClock = new VirtualClock()
  /** Deliveries that left for the first time, `lane/seq`, by the word of the schedule. */
  readonly left: Set<string> = new Set()
  /** Requests that left, by messageId, by the word of the transport. */
  readonly sends: Map<string, number> = new Map()
  writes = 0
  readonly #prepared: Prepared
  readonly #header: RunHeader
  readonly #partner: SimulatedPartner
  readonly #seed: number
  readonly #files: Uint8Array[] = []

  constructor(prepared: Prepared, seed: number, faults: readonly string[] = [], replays?: RunHeader['replays']) {
    this.#prepared = prepared
    this.#seed = seed
    this.#partner = new SimulatedPartner({ clock: this.clock, faults, seed })
    const engine = { name: 'node', version: 'simulated' } as const
    const target = { url: 'simulated://partner/' }
    const startedAtMs = this.clock.wallMs()
    const start = { id: `crash-${seed}`, startedAtMs, target, engine, environment: NOBODY }
    this.#header = headerOf(prepared, { ...start, ...(replays ? { replays } : {}) })
  }

  /** Begins the run, or goes on with it, until it ends or is killed. */
  async play(kill?: Kill, resumption?: Resumption): Promise<void> {
    const { plan } = this.#prepared
    const abort = new AbortController()
    const sink = new MemorySink()
    const writer = this.#writer(
      kill && 'atWrite' in kill ? this.#failing(sink, kill) : this.#counting(sink),
      resumption,
    )
    if (kill && 'afterMs' in kill) this.clock.at(this.clock.nowMs() + kill.afterMs, () => abort.abort())
    const transport = simulatedTransport({ clock: this.clock, partner: this.#partner, seed: this.#seed })
    await this.clock.drain(
      run({ ...this.#prepared, plan, schedule: this.#watched() }, this.#header, {
        clock: this.clock,
        digest: systemDigest,
        transport: this.#tallied(transport),
        health: { take: () => ({ loopDelayMaxMs: 0, cpuRatio: 0, rssMb: 0 }) },
        credentials: { apiKey: 'crash', headers: [] },
        recorder: writer,
        stop: new AbortController().signal,
        abort: abort.signal,
        onSnapshot: () => undefined,
        ...(resumption ? { resumption } : {}),
      }),
    )
    this.#files.push(sink.bytes())
  }

  /** Time passes in which nothing of squall's runs. */
  rest(ms: number): void {
    this.clock.runUntil(this.clock.nowMs() + ms)
  }

  /** What is left, as the ledger tells. Null: nothing. */
  resumption(): Resumption | null {
    return resumptionOf(this.#record())
  }

  /** Judges what is on record by what the partner's store holds now. */
  async judged(): Promise<Judgement> {
    const record = this.#record()
    const findings = await this.clock.drain(
      auditRecord(record, this.#partner.receipts, { clock: this.clock, digest: systemDigest }),
    )
    const sink = new MemorySink()
    writeAudit(sink, record, 1, findings, findings.readToMs)
    return judge({ ...record, files: [...record.files, () => [sink.bytes()]] })
  }

  /** Of what left, that which the ledger calls never sent: there must be none. */
  misclassified({ unacked, standings }: RunFacts): string[] {
    const record = this.#record()
    const neverSent = [...unacked()].filter(({ end }) => end === 'notSent').map(({ lane, seq }) => `${lane}/${seq}`)
    const messages = [...this.sends.keys()].filter((id) => {
      const index = record.remade!.traffic.indexOf(id)
      return index === undefined || !standings.may.has(index)
    })
    return [...neverSent.filter((key) => this.left.has(key)), ...messages]
  }

  #record(): RunRecord {
    return openRecord(
      this.#files.map((bytes) => () => [bytes]),
      systemDigest,
      this.#prepared.corpus,
    )
  }

  #writer(sink: ByteSink, resumption: Resumption | undefined): LedgerWriter {
    const { plan } = this.#prepared
    const lanes = Array.from({ length: plan.lanes }, (_, lane) => lane)
    const writer: LedgerWriterIdentity = { id: `node-${this.#files.length}`, lanes }
    if (resumption === undefined) return new LedgerWriter(sink, { plan, header: this.#header, writer })
    const { fromMs } = resumption
    const resumes = { fromMs, gapMs: this.clock.wallMs() - this.#header.startedAtMs - fromMs }
    return new LedgerWriter(sink, { plan, header: this.#header, writer: { ...writer, resumes } })
  }

  #counting(sink: ByteSink): ByteSink {
    return {
      write: (bytes) => {
        this.writes++
        sink.write(bytes)
      },
      close: () => sink.close(),
    }
  }

  /** The head is written first, whole: the kill comes after it. */
  #failing(sink: ByteSink, { atWrite, share }: { atWrite: number; share: number }): ByteSink {
    let writes = 0
    return {
      write: (bytes) => {
        const isLast = writes++ === atWrite
        sink.write(isLast ? bytes.subarray(0, Math.floor(bytes.length * share)) : bytes)
        if (isLast) throw new Error('killed')
      },
      close: () => sink.close(),
    }
  }

  #watched(): Schedule {
    const { schedule } = this.#prepared
    const take = (delivery: Delivery): Delivery => {
      if (this.#files.length === 0) this.left.add(`${delivery.lane}/${delivery.seq}`)
      return delivery
    }
    const watch = (cursor: LaneCursor): LaneCursor => ({
      peekDueMs: () => cursor.peekDueMs(),
      next: () => take(cursor.next()),
    })
    return { lanes: schedule.lanes, endMs: schedule.endMs, lane: (lane) => watch(schedule.lane(lane)) }
  }

  #tallied(transport: Transport): Transport {
    return {
      stats: transport.stats,
      close: () => transport.close(),
      send: (request, done) => {
        const id = /"messageId":"([^"]+)"/.exec(new TextDecoder().decode(request.body))?.[1] ?? ''
        this.sends.set(id, (this.sends.get(id) ?? 0) + 1)
        return transport.send(request, done)
      },
    }
  }
}
