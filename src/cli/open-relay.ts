import type { LookupFunction } from 'node:net'
import { type Relay, startRelay } from '../adapters/relay.ts'
import { loopbackLookup } from '../adapters/safety/passage.ts'
import { hostOf } from '../adapters/target.ts'
import type { Disturbance } from '../model/disturbance.ts'

/** A relay in front of a target that was let through: at each of its connections the target's address is checked as ever. */
export function openRelay(url: URL, disturbance: Disturbance, lookup: LookupFunction = loopbackLookup): Promise<Relay> {
  const secure = url.protocol === 'https:'
  const port = Number(url.port || (secure ? 443 : 80))
  return startRelay({ host: hostOf(url), port, secure, lookup }, disturbance)
}
