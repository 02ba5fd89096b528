import { join } from 'node:path'
import { type ReceiverProcess, spawnReceiver } from '../adapters/endpoints/receiver-process.ts'
import { readSecret } from '../adapters/secret.ts'
import { readTlsMaterial } from '../adapters/tls-material.ts'
import { cliEntry } from './cli-entry.ts'
import type { EmbeddedPartner } from './embedded-partner.ts'
import type { AuditSources } from './judge-run.ts'
import { openDiscards } from './open-discards.ts'
import { openReceipts } from './open-receipts.ts'

/** What the embedded API is set up with. */
export interface EmbeddedStreamSetup {
  readonly faults: readonly string[]
  /** Where the write keys stand that it has given out; what it holds is read as the first. */
  readonly writeKeys: readonly [string, ...string[]]
  readonly seed: number
}

/** Segment's HTTP Tracking API of squall's own, for a Stream's run without another target: a process of its own, with a SQLite file in the run's folder. */
export interface EmbeddedStream extends Omit<EmbeddedPartner, 'state' | 'outbox'> {
  readonly discards: string
  /** Where one watches what it takes. */
  readonly debugger?: string
}

interface Ready {
  readonly url: string
  readonly debugger?: string
}

export async function startEmbeddedStream(
  folder: string,
  { faults, writeKeys, seed }: EmbeddedStreamSetup,
): Promise<EmbeddedStream> {
  const common = [
    ...['--store', `sqlite:${join(folder, 'stream.db')}`, '--seed', String(seed)],
    ...faults.flatMap((fault) => ['--fault', fault]),
    ...writeKeys.flatMap((place) => ['--write-key', place]),
  ]
  const start = (port: number): Promise<ReceiverProcess<Ready>> =>
    spawnReceiver(cliEntry, ['stream', '--port', String(port), ...common])
  let api = await start(0)
  const { url, debugger: page } = api.ready
  return {
    url,
    ...(page !== undefined && { debugger: page }),
    receipts: new URL('receipts', url).href,
    discards: new URL('discards', url).href,
    async crash() {
      await api.kill('SIGKILL')
      api = await start(Number(new URL(url).port))
    },
    stop: () => api.stop(),
  }
}

/** Where what became of events is read: as the source that the first key belongs to. */
export function streamSources(
  { receipts, discards }: Pick<EmbeddedStream, 'receipts' | 'discards'>,
  [place]: EmbeddedStreamSetup['writeKeys'],
): AuditSources {
  const access = { key: readSecret('--write-key', place), tls: readTlsMaterial({}) }
  return {
    receipts: openReceipts(receipts, undefined, undefined, access),
    discards: openDiscards(discards, undefined, access),
  }
}
