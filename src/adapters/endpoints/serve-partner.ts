import { once } from 'node:events'
import { type PartnerServerOptions, startPartner } from './partner-server.ts'

/** What made a served partner stop: a signal, or the end of the process that had spawned it. */
export type StopReason = 'SIGTERM' | 'SIGINT' | 'disconnect'

/**
 * Serves a partner until it is told to stop: prints one JSON line with its URL (and the certificate to trust) when it is ready, drains at SIGTERM or SIGINT (a
 * second one ends the process at once). Spawned with an IPC channel it stops as well when its parent is gone.
 * @throws as startPartner does
 */
export async function servePartner(options: PartnerServerOptions): Promise<StopReason> {
  const partner = await startPartner(options)
  const { url, ca } = partner
  process.stdout.write(`${JSON.stringify({ url, ca })}\n`)
  const reason = await stopReason()
  await partner.close()
  return reason
}

async function stopReason(): Promise<StopReason> {
  const settled = new AbortController()
  const told = async (reason: StopReason): Promise<StopReason> => {
    await once(process, reason, { signal: settled.signal })
    return reason
  }
  try {
    return await Promise.race([told('SIGTERM'), told('SIGINT'), told('disconnect')])
  } finally {
    settled.abort()
  }
}
