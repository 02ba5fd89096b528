import process from 'node:process'
import { systemDigest } from '../adapters/system-world.ts'
import type { TlsMaterial } from '../adapters/tls-material.ts'
import { type Prepared, type RunWorld, requestsOf, streamRequestsOf } from '../index.ts'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'

/** What a plan has unless somebody asks for another number. */
const CONNECTIONS = 64

/** With one of these Go sends a request once more by itself, and says nothing of it. */
const SENT_AGAIN = /^(x-)?idempotency-key$/i

/** Systems whose own authorities Go trusts, whatever one says. */
const OWN_TRUST: readonly string[] = ['darwin', 'win32']

/** Refuses what k6 would not do as the plan says. @throws CliError in one line */
export function checkK6Can(
  { plan }: Prepared,
  credentials: RunWorld['credentials'],
  tls: TlsMaterial,
  platform: string = process.platform,
): void {
  const complaint = complaintAbout(plan, headerNames(plan, credentials), tls, platform)
  if (complaint !== undefined) throw new CliError(`${complaint}, or take --engine node`, EXIT.usage)
}

function complaintAbout(
  { delivery, stream }: Prepared['plan'],
  names: readonly string[],
  { ca }: TlsMaterial,
  platform: string,
): string | undefined {
  const twice = names.find((name, i) => names.indexOf(name) < i)
  const again = names.find((name) => SENT_AGAIN.test(name))
  if (delivery.connections !== CONNECTIONS) {
    return `--connections: k6 opens one for each attempt under way and takes no other number; leave it out`
  }
  if (stream?.auth === 'oauth') {
    return 'oauth: nothing renews a token in k6 while the run goes on; show the write key alone (auth: header)'
  }
  if ((delivery.lostAnswerShare ?? 0) > 0) {
    return 'lostAnswers: k6 cannot close a connection before it has read the answer; leave it out'
  }
  if (again !== undefined) return `--header: with ${again} k6 sends requests again unasked; leave it out`
  if (twice !== undefined) return `--header: k6 sends ${twice} once alone, and it is there twice; leave yours out`
  if (ca !== undefined && OWN_TRUST.includes(platform)) {
    return '--ca: here k6 trusts the authorities of the system alone; add yours to them and leave the flag out'
  }
  return undefined
}

/** Of every request, in lower case. */
function headerNames(plan: Prepared['plan'], credentials: RunWorld['credentials']): string[] {
  const { headers } = firstRequest(plan, credentials)
  return headers.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase())
}

function firstRequest(
  plan: Prepared['plan'],
  credentials: RunWorld['credentials'],
): { readonly headers: readonly string[] } {
  const { stream, retry } = plan
  const nothing = [new Uint8Array(0)]
  if (stream === undefined) return requestsOf(plan, credentials, systemDigest)(nothing)
  const dispatch = { call: 'track', attempt: 1, sentAtMs: 0, shown: 'own' } as const
  return streamRequestsOf({ stream, retry }, credentials, undefined)(nothing, dispatch)
}
