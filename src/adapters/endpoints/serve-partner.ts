import { forwardText } from './forward-text.ts'
import { type PartnerServerOptions, startPartner } from './partner-server.ts'
import { type StopReason, stopReason } from './stop-reason.ts'

/**
 * Serves a partner until it is told to stop: prints one JSON line with its URL (and the certificate to trust) when it is ready, drains at SIGTERM or SIGINT (a
 * second one ends the process at once), and says on stderr what it forwarded. Spawned with an IPC channel it stops as well when its parent is gone.
 * @throws as startPartner does
 */
export async function servePartner(options: PartnerServerOptions): Promise<StopReason> {
  const partner = await startPartner(options)
  const { url, ca } = partner
  process.stdout.write(`${JSON.stringify({ url, ca })}\n`)
  const reason = await stopReason()
  await partner.close()
  const forwarded = partner.forwarded()
  if (forwarded) process.stderr.write(`${forwardText(forwarded)}\n`)
  return reason
}
