import type { LookupFunction } from 'node:net'
import { hostOf, TargetInvalid, TargetRefused } from '../target.ts'
import type { TlsMaterial } from '../tls-material.ts'
import type { AddressClass } from './address-class.ts'
import { guardedLookup } from './guarded-lookup.ts'
import { type Names, systemNames } from './names.ts'
import { proofAtHost, proofInDns } from './ownership-proof.ts'
import { ownershipToken } from './ownership-token.ts'
import { isSegmentDoor, isSegmentHost, type SegmentDoor } from './segment-host.ts'

/** A target that may be sent to, and on what ground. */
export interface Passage {
  readonly ground: 'loopback' | 'proof' | 'consent' | 'segment'
  /** Only within the caps of a consent that nothing proves, or of a Stream partner at Segment's own API. */
  readonly capped: boolean
  /** Resolves the target's name at each connection; addresses of another kind than it had are refused. */
  readonly lookup: LookupFunction
}

export interface PassageOptions {
  /** The host, as whoever says that it is theirs typed it. */
  readonly consent?: string | undefined
  /** What of Segment's own is gone to, as a Stream partner with a write key does it. Undefined: nothing of it. */
  readonly door?: SegmentDoor | undefined
  /** With what a proof is fetched over https. */
  readonly tls?: TlsMaterial | undefined
  readonly names?: Names
  readonly tokenOf?: (host: string) => string
}

/** For connections to this machine alone. */
export const loopbackLookup: LookupFunction = guardedLookup(systemNames, new Set(['loopback']))

/**
 * Whether load may go to a target: to this machine always; to another host if it shows that it is its user's, or if they say so, within caps; to
 * some places never. But for the one request that looks for the proof nothing is sent.
 * @throws TargetRefused, TargetInvalid
 */
export async function passageTo(url: URL, options: PassageOptions = {}): Promise<Passage> {
  const { consent, door, names = systemNames } = options
  const host = hostOf(url)
  if (door !== undefined && isSegmentDoor(host, door)) return toSegment(url, names)
  if (consent !== undefined && consent !== host) {
    throw new TargetInvalid(`--i-own: "${consent}" is not the target's host; type it exactly: --i-own=${host}`)
  }
  const kinds = await kindsOf(host, names)
  const lookup = guardedLookup(names, kinds)
  if (isOnly(kinds, 'loopback')) return { ground: 'loopback', capped: false, lookup }
  if (consent !== undefined) return { ground: 'consent', capped: !isOnly(kinds, 'loopback', 'private'), lookup }
  if (await isProven(url, kinds, lookup, options)) return { ground: 'proof', capped: false, lookup }
  const own = `"squall own ${url.origin}" says how to show it`
  throw new TargetRefused(
    `${host} is not this machine, and nothing shows that it is yours: ${own}, or --i-own=${host} lets up to 50 requests/s go there for 10 minutes`,
  )
}

/** Events and tokens go there over TLS alone, and only to where the whole world finds it. @throws TargetRefused */
async function toSegment(url: URL, names: Names): Promise<Passage> {
  if (url.protocol !== 'https:' || url.port !== '')
    throw new TargetRefused(`${url.origin} is Segment's: a write key goes there by https and its usual port alone`)
  const kinds = await addressKinds(hostOf(url), names)
  return { ground: 'segment', capped: true, lookup: guardedLookup(names, kinds) }
}

/** For connections to a host that was let through: addresses of the kinds that it has now. @throws TargetRefused */
export async function lookupFor(url: URL, names: Names = systemNames): Promise<LookupFunction> {
  return guardedLookup(names, await kindsOf(hostOf(url), names))
}

/** Whether all addresses of a host are this machine's. */
export async function isThisMachine(url: URL, names: Names = systemNames): Promise<boolean> {
  return isOnly(await kindsOf(hostOf(url), names), 'loopback')
}

/**
 * The kinds of all addresses of a host; none: it has no address.
 * @throws TargetRefused where no load goes, whoever owns it
 */
export async function kindsOf(host: string, names: Names): Promise<ReadonlySet<AddressClass>> {
  if (isSegmentHost(host))
    throw new TargetRefused(
      `${host} is Segment's: squall never sends load there; a Stream partner's events go to its API, with --profile stream, --region and --write-key`,
    )
  return addressKinds(host, names)
}

async function addressKinds(host: string, names: Names): Promise<ReadonlySet<AddressClass>> {
  const addresses = await names.addressesOf(host)
  const barred = addresses.find((address) => names.classOf(address) === 'never')
  if (barred === undefined) return new Set(addresses.map((address) => names.classOf(address)))
  const shown = barred === host ? host : `${host} (${barred})`
  throw new TargetRefused(`${shown}: nothing is ever sent to metadata, link-local, multicast or unspecified addresses`)
}

export function isOnly(kinds: ReadonlySet<AddressClass>, ...wanted: readonly AddressClass[]): boolean {
  return kinds.size > 0 && [...kinds].every((kind) => wanted.includes(kind))
}

/** Looks in DNS first: there nothing reaches the host. */
async function isProven(
  url: URL,
  kinds: ReadonlySet<AddressClass>,
  lookup: LookupFunction,
  { names = systemNames, tokenOf = ownershipToken, tls }: PassageOptions,
): Promise<boolean> {
  const host = hostOf(url)
  const token = tokenOf(host)
  if ((await proofInDns(names, host, token)).proven) return true
  return kinds.size > 0 && (await proofAtHost(url.origin, token, { lookup, ...(tls && { tls }) })).proven
}
