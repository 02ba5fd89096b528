import { auditRecord, factsOf, type Judgement, judge, type OtherSources, openRecord, type RunRecord } from '../judge.ts'
import { writeAudit } from '../ledger/write-audit.ts'
import { LedgerWriter } from '../ledger/writer.ts'
import type { Observation } from '../model/observation.ts'
import type { ReceiptSource } from '../model/receipt.ts'
import type { ByteSink } from '../model/recorder.ts'
import type { RunHeader } from '../model/run-header.ts'
import type { Snapshot } from '../model/snapshot.ts'
import type { Clock, Digest } from '../model/world.ts'
import { headerOf, type Prepared, run } from '../run.ts'
import { simulatedTransport } from '../simulation/network.ts'
import { SimulatedApi } from '../simulation/simulated-api.ts'
import {
  SIMULATED_KEYS,
  simulatedCustomerKeys,
  simulatedCustomers,
  simulatedKeyring,
  simulatedSecret,
} from '../simulation/simulated-keys.ts'
import { SimulatedPartner } from '../simulation/simulated-partner.ts'
import type { SimulatedReceiver } from '../simulation/simulated-receiver.ts'
import { VirtualClock } from '../simulation/virtual-clock.ts'

/** How the world of a rehearsal is. */
export interface RehearsalWorld {
  readonly digest: Digest
  readonly start: Pick<RunHeader, 'id' | 'startedAtMs' | 'environment'>
  /** What the simulated partner does wrong. */
  readonly faults: readonly string[]
  /** Where the partner's and the network's chance begins. */
  readonly seed: number
  /** With which requests are signed, and which the partner knows; undefined: neither. */
  readonly sharedSecret?: string
  /** When the partner is killed and comes up again, in milliseconds after the run's start. */
  readonly crashAtMs?: number
  /** Whether nobody listens at this moment, in milliseconds after the run's start. */
  readonly down?: (atMs: number) => boolean
  /** Told how it stands, a few times a virtual second. */
  readonly onSnapshot?: (snapshot: Snapshot) => void
}

export interface Rehearsal extends Judgement {
  readonly record: RunRecord
}

/** The whole of a run in virtual time, against a simulated partner, or Segment's API: the code that runs for real, hours in milliseconds. */
export async function rehearse(prepared: Prepared, world: RehearsalWorld): Promise<Rehearsal> {
  const { seed, digest, crashAtMs, down } = world
  const sharedSecret = world.sharedSecret ?? simulatedSecret(prepared.plan)
  const clock = new VirtualClock(world.start.startedAtMs)
  const { partner, receipts, others } = receiverOf(prepared, world, clock, sharedSecret)
  const transport = simulatedTransport({ clock, partner, seed, ...(down ? { down } : {}) })
  const engine = { name: 'node', version: 'simulated' } as const
  const header = headerOf(prepared, { ...world.start, target: { url: 'simulated://partner/' }, engine })
  const ledger = new MemorySink()
  const { plan } = prepared
  const lanes = Array.from({ length: plan.lanes }, (_, lane) => lane)
  const writer = new LedgerWriter(ledger, { plan, header, writer: { id: 'node-0', lanes } })
  const marking = crashAtMs === undefined ? undefined : clock.at(crashAtMs, () => writer.record(restart(crashAtMs)))
  const never = new AbortController().signal
  const running = run(prepared, header, {
    clock,
    transport,
    digest,
    health: { take: () => ({ loopDelayMaxMs: 0, cpuRatio: 0, rssMb: 0 }) },
    credentials: {
      ...SIMULATED_KEYS,
      ...(plan.traffic.customers && { apiKeys: simulatedCustomerKeys(plan) }),
      headers: [],
      sharedSecret,
    },
    recorder: writer,
    stop: never,
    abort: never,
    onSnapshot: world.onSnapshot,
  })
  // No run ends before its last delivery is due: until then nobody awaits anything, and no turn need be given after each moment.
  clock.runUntil(prepared.schedule.endMs)
  await clock.drain(running)
  marking?.cancel()
  writer.close()
  const record = openRecord([() => ledger.chunks], digest, prepared.corpus)
  const facts = factsOf(record)
  const findings = await clock.drain(auditRecord(record, receipts, { clock, digest }, undefined, others, facts))
  const audits = new MemorySink()
  writeAudit(audits, record, 1, findings, findings.readToMs)
  const audited = { ...record, files: [...record.files, () => audits.chunks] }
  return { record: audited, ...judge(audited, { ...facts, findings }) }
}

/** Whom the run reaches, and where what it stored is read. */
interface Receiver {
  readonly partner: SimulatedReceiver
  readonly receipts: ReceiptSource
  readonly others: OtherSources
}

/** A partner, or for a Stream's run Segment's API. */
function receiverOf(
  { plan, asks }: Prepared,
  { faults, seed, digest, crashAtMs }: RehearsalWorld,
  clock: Clock,
  sharedSecret: string | undefined,
): Receiver {
  const common = { clock, faults, seed, ...(crashAtMs === undefined ? {} : { crashAtMs }) }
  if (plan.stream !== undefined) {
    const api = new SimulatedApi(common)
    return { partner: api, receipts: api.receipts, others: { discards: api.discards } }
  }
  const sign = sharedSecret === undefined ? undefined : (bytes: Uint8Array) => digest.hmacSha1Hex(sharedSecret, bytes)
  const customers = simulatedCustomers(plan)
  const silent = !asks.verdicts.includes('no-side-effects')
  const partner = new SimulatedPartner({ ...common, sign, silent, keyring: simulatedKeyring(plan), customers })
  const others = { state: { source: partner.state }, outbox: partner.outbox }
  return { partner, receipts: partner.receipts, others }
}

function restart(atMs: number): Observation {
  return { kind: 'mark', atMs, mark: 'restart', text: 'the partner was killed and came up again' }
}

class MemorySink implements ByteSink {
  readonly chunks: Uint8Array[] = []

  write(bytes: Uint8Array): void {
    this.chunks.push(bytes.slice())
  }

  close(): void {}
}
