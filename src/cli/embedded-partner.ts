import { join } from 'node:path'
import { type PartnerProcess, spawnPartner } from '../adapters/endpoints/partner-process.ts'
import { cliEntry } from './cli-entry.ts'

/** A partner of squall's own, for a run without another target: a process of its own, with a SQLite file in the run's folder. */
export interface EmbeddedPartner {
  readonly url: string
  readonly receipts: string
  /** Kills it as a crash would, and starts it again on the same port with the same file. */
  crash(): Promise<void>
  stop(): Promise<void>
}

export async function startEmbeddedPartner(
  folder: string,
  faults: readonly string[],
  seed: number,
): Promise<EmbeddedPartner> {
  const start = (port: number): Promise<PartnerProcess> =>
    spawnPartner({ cli: cliEntry, port, store: `sqlite:${join(folder, 'partner.db')}`, faults: [...faults], seed })
  let partner = await start(0)
  const { url } = partner
  return {
    url,
    receipts: new URL('receipts', url).href,
    async crash() {
      await partner.kill('SIGKILL')
      partner = await start(Number(new URL(url).port))
    },
    stop: () => partner.stop(),
  }
}
