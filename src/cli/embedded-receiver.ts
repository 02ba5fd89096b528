import type { Prepared, RunWorld } from '../index.ts'
import { CliError } from './cli-error.ts'
import { keepPartner } from './earlier-run.ts'
import { type EmbeddedPartner, startEmbeddedPartner } from './embedded-partner.ts'
import { type EmbeddedStreamSetup, startEmbeddedStream, streamSources } from './embedded-stream.ts'
import { EXIT } from './exit-codes.ts'
import type { AuditSources } from './judge-run.ts'
import { expiringKeyOf } from './own-secrets.ts'
import { ownSources } from './own-sources.ts'
import type { RunFolder } from './run-folder.ts'

/** Whoever takes a run that has no other target: a partner, or for a Stream's run Segment's API. */
export interface EmbeddedReceiver extends Pick<EmbeddedPartner, 'url' | 'ca' | 'crash' | 'stop'> {
  /** Where a Stream's events can be watched as they come. */
  readonly debugger?: string
  /** Where its store is read, as the customer that the run is. */
  sources(credentials: RunWorld['credentials']): AuditSources
}

export async function startEmbedded(folder: RunFolder, prepared: Prepared): Promise<EmbeddedReceiver> {
  const { partner: setup, access, plan } = prepared
  const streamSetup = plan.stream && streamSetupOf(prepared)
  keepPartner(folder, setup)
  if (streamSetup !== undefined) {
    const api = await startEmbeddedStream(folder.path, streamSetup)
    return { ...api, sources: () => streamSources(api, streamSetup.writeKeys) }
  }
  const secrets = { sharedSecret: access.sharedSecret, expiringKey: expiringKeyOf(prepared) }
  const partner = await startEmbeddedPartner(folder.path, { ...setup, ...secrets }, plan.seed)
  return { ...partner, sources: (credentials) => ownSources(partner, prepared, credentials) }
}

/** It knows the keys that the scenario says, or else the run's own. @throws CliError for what the API cannot do */
function streamSetupOf({ partner, access, plan }: Prepared): EmbeddedStreamSetup {
  const [first = access.writeKey, ...others] = partner.apiKeys
  if (partner.tls) throw new CliError('partner.tls: the embedded API speaks no TLS; leave it out', EXIT.usage)
  if (first === undefined) throw new Error('a Stream’s run has a write key')
  return { faults: partner.faults, writeKeys: [first, ...others], seed: plan.seed }
}
