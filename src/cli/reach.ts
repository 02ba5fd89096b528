import { preflight } from '../adapters/preflight.ts'
import { type Passage, passageTo } from '../adapters/safety/passage.ts'
import type { SegmentDoor } from '../adapters/safety/segment-host.ts'
import { TargetInvalid, targetUrl } from '../adapters/target.ts'
import type { TlsMaterial } from '../adapters/tls-material.ts'
import { probeTls } from '../adapters/tls-probe.ts'
import type { TlsFacts } from '../model/tls-facts.ts'

/** A target that may be sent to. */
export interface Reachable {
  readonly url: URL
  readonly passage: Passage
  /** DNS, TCP and TLS, and no request. @returns the address that answered @throws TargetUnreachable */
  preflight(): Promise<string>
  /** How it shows itself over TLS; undefined: it speaks none, or is not there. */
  look(): Promise<TlsFacts | undefined>
}

/**
 * Looks whether the target may be sent to; no event goes there yet.
 * @param consent the host, typed by whoever says that it is theirs
 * @param door what of Segment's own may be the target
 * @throws TargetInvalid, TargetRefused
 */
export async function letThrough(
  target: string | undefined,
  consent: string | undefined,
  tls: TlsMaterial = {},
  door?: SegmentDoor,
): Promise<Reachable | undefined> {
  if (target === undefined) {
    if (consent === undefined) return undefined
    throw new TargetInvalid('--i-own: there is no --target to own; without one the embedded partner is played against')
  }
  const url = targetUrl(target)
  const passage = await passageTo(url, { consent, tls, door })
  const options = { lookup: passage.lookup, tls }
  return {
    url,
    passage,
    preflight: () => preflight(url, options),
    look: async () => (url.protocol === 'https:' ? probeTls(url, options) : undefined),
  }
}
