import { systemDigest } from '../../src/adapters/system-world.ts'
import { auditRecord, type Judgement, judge, openRecord, type RunRecord } from '../../src/judge.ts'
import { writeAudit } from '../../src/ledger/write-audit.ts'
import { LedgerWriter } from '../../src/ledger/writer.ts'
import type { RunHeader } from '../../src/model/run-header.ts'
import type { Transport } from '../../src/model/world.ts'
import { headerOf, type Prepared, run } from '../../src/run.ts'
import { simulatedTransport } from '../../src/simulation/network.ts'
import { SimulatedPartner } from '../../src/simulation/simulated-partner.ts'
import { VirtualClock } from '../../src/simulation/virtual-clock.ts'
import { MemorySink } from './memory-sink.ts'

const SEED = 1
const NOBODY = { squall: '0', runtime: 'test', platform: 'test', cpus: 1, memoryMb: 1 }

/** What was sent of one message. */
interface Sent {
  readonly count: number
  readonly timestamp: string
}

/** One run after the other in virtual time, against one simulated partner. */
export class ReplayRehearsal {
  /** By run, by messageId. */
  readonly sent: Map<string, Sent>[] = []
  readonly judgements: Judgement[] = []
  readonly #clock = new VirtualClock()
  readonly #partner: SimulatedPartner
  readonly #corpus: Prepared['corpus']

  constructor({ corpus }: Prepared, faults: readonly string[]) {
    this.#corpus = corpus
    this.#partner = new SimulatedPartner({ clock: this.#clock, faults, seed: SEED })
  }

  /** Time passes in which nobody sends anything. */
  rest(ms: number): void {
    this.#clock.runUntil(this.#clock.nowMs() + ms)
  }

  /** @returns its record, audited */
  async play(prepared: Prepared, replays?: RunHeader['replays']): Promise<RunRecord> {
    const { plan } = prepared
    const header = headerOf(prepared, {
      id: `run-${this.sent.length}`,
      startedAtMs: this.#clock.wallMs(),
      target: { url: 'simulated://partner/' },
      engine: { name: 'node', version: 'simulated' },
      environment: NOBODY,
      ...(replays ? { replays } : {}),
    })
    const lanes = Array.from({ length: plan.lanes }, (_, lane) => lane)
    const sink = new MemorySink()
    const writer = new LedgerWriter(sink, { plan, header, writer: { id: 'node-0', lanes } })
    const never = new AbortController().signal
    await this.#clock.drain(
      run(prepared, header, {
        clock: this.#clock,
        digest: systemDigest,
        transport: this.#watched(simulatedTransport({ clock: this.#clock, partner: this.#partner, seed: SEED })),
        health: { take: () => ({ loopDelayMaxMs: 0, cpuRatio: 0, rssMb: 0 }) },
        credentials: { apiKey: 'replay', headers: [], sharedSecret: undefined },
        recorder: writer,
        stop: never,
        abort: never,
        onSnapshot: () => undefined,
      }),
    )
    return this.#judged(openRecord([() => [sink.bytes()]], systemDigest, this.#corpus))
  }

  async #judged(record: RunRecord): Promise<RunRecord> {
    const world = { clock: this.#clock, digest: systemDigest }
    const findings = await this.#clock.drain(auditRecord(record, this.#partner.receipts, world))
    const sink = new MemorySink()
    writeAudit(sink, record, 1, findings, findings.readToMs)
    const audited = { ...record, files: [...record.files, () => [sink.bytes()]] }
    this.judgements.push(judge(audited))
    return audited
  }

  #watched(transport: Transport): Transport {
    const sent = new Map<string, Sent>()
    this.sent.push(sent)
    return {
      stats: transport.stats,
      close: () => transport.close(),
      send: (request, done) => {
        const { messageId, timestamp } = JSON.parse(new TextDecoder().decode(request.body))
        sent.set(messageId, { count: (sent.get(messageId)?.count ?? 0) + 1, timestamp })
        return transport.send(request, done)
      },
    }
  }
}
