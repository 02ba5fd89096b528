import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type PartnerProcess, type PartnerProcessOptions, spawnPartner } from '../adapters/endpoints/partner-process.ts'
import type { Prepared } from '../index.ts'
import { cliEntry } from './cli-entry.ts'

/** A partner of squall's own, for a run without another target: a process of its own, with a SQLite file in the run's folder. */
export interface EmbeddedPartner {
  readonly url: string
  readonly receipts: string
  readonly state: string
  readonly outbox: string
  /** The file with the certificate to trust, where it speaks TLS. */
  readonly ca?: string
  /** Kills it as a crash would, and starts it again on the same port with the same file. */
  crash(): Promise<void>
  stop(): Promise<void>
}

export async function startEmbeddedPartner(
  folder: string,
  { tls, ...setup }: Prepared['partner'] & Pick<PartnerProcessOptions, 'sharedSecret' | 'expiringKey'>,
  seed: number,
): Promise<EmbeddedPartner> {
  const certificate = tls ? { tls: join(folder, 'partner-tls') } : {}
  const store = `sqlite:${join(folder, 'partner.db')}`
  const start = (port: number): Promise<PartnerProcess> =>
    spawnPartner({ ...setup, cli: cliEntry, port, store, seed, ...certificate })
  let partner = await start(0)
  const { url, ca } = partner
  return {
    url,
    ...(ca !== undefined && { ca }),
    receipts: new URL('receipts', url).href,
    state: new URL('state', url).href,
    outbox: new URL('outbox', url).href,
    async crash() {
      await partner.kill('SIGKILL')
      partner = await start(Number(new URL(url).port))
    },
    async stop() {
      await partner.stop()
      if (tls) rmSync(join(folder, 'partner-tls', 'key.pem'), { force: true })
    },
  }
}
