import type { PartnerServerOptions } from './partner-server.ts'
import { type ReceiverProcess, spawnReceiver } from './receiver-process.ts'

export interface PartnerProcessOptions extends Omit<PartnerServerOptions, 'forward'> {
  /** The file that understands `receive partner`. */
  readonly cli: string
}

/** What a partner says when it is ready. */
interface PartnerReady {
  readonly url: string
  /** The file with the certificate to trust, where it speaks TLS. */
  readonly ca?: string
}

export type PartnerProcess = PartnerReady & Omit<ReceiverProcess<PartnerReady>, 'ready'>

/**
 * Starts a partner in a process of its own, which ends when this one does.
 * @throws PartnerError when it ends before it is ready
 */
export async function spawnPartner(options: PartnerProcessOptions): Promise<PartnerProcess> {
  const { ready, ...running } = await spawnReceiver<PartnerReady>(options.cli, ['partner', ...flagsOf(options)])
  return { ...ready, ...running }
}

function flagsOf(options: Omit<PartnerServerOptions, 'forward'>): string[] {
  const { port, host, store, faults, seed, apiKeys = [], expiringKey, sharedSecret, tls } = options
  return [
    ['--port', String(port)],
    host === undefined ? [] : ['--host', host],
    ['--store', store],
    faults.flatMap((fault) => ['--fault', fault]),
    apiKeys.flatMap((place) => ['--api-key', place]),
    expiringKey === undefined ? [] : ['--expiring-key', `${expiringKey.place}@${expiringKey.goodForMs}ms`],
    sharedSecret === undefined ? [] : ['--shared-secret', sharedSecret],
    tls === undefined ? [] : ['--tls', tls],
    ['--seed', String(seed)],
  ].flat()
}
