import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** `never`: cloud metadata, link-local, multicast, broadcast, the unspecified address, and what cannot be read. */
export type AddressClass = 'loopback' | 'private' | 'public' | 'never'

/** Where clouds tell a machine its secrets; those of 169.254.0.0/16 are link-local anyway. */
const METADATA: readonly string[] = [
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  'fd00:ec2::254',
  'fd20:ce::254',
  'fd00:42::42',
]
const METADATA_ADDRESSES: ReadonlySet<string> = new Set(
  METADATA.map((address) => ipaddr.parse(address).toNormalizedString()),
)

/** The old notation of `::/96`, which is nowhere; ipaddr.js takes it for a mapped address. */
const COMPATIBLE = /^::\d+\./

const CLASS_OF_RANGE: Readonly<Record<string, AddressClass>> = {
  loopback: 'loopback',
  private: 'private',
  uniqueLocal: 'private',
  unspecified: 'never',
  broadcast: 'never',
  multicast: 'never',
  linkLocal: 'never',
  deprecatedSiteLocal: 'never',
  discard: 'never',
  teredo: 'never',
}

/** What kind of place an address is, whatever its notation. */
export function addressClass(text: string): AddressClass {
  if (isIP(text) === 0 || COMPATIBLE.test(text)) return 'never'
  const address = ipaddr.parse(text)
  if (address instanceof ipaddr.IPv4) return classOf(address)
  if (address.isIPv4MappedAddress()) return classOf(address.toIPv4Address())
  const carried = carriedIPv4(address)
  if (carried === undefined) return classOf(address)
  return classOf(carried) === 'public' ? 'public' : 'never'
}

function classOf(address: ipaddr.IPv4 | ipaddr.IPv6): AddressClass {
  if (METADATA_ADDRESSES.has(address.toNormalizedString())) return 'never'
  return CLASS_OF_RANGE[address.range()] ?? 'public'
}

/** Where the addresses of translations and tunnels carry an IPv4 address. */
const CARRIED_AT: Readonly<Record<string, number>> = { rfc6145: 12, rfc6052: 12, '6to4': 2 }

function carriedIPv4(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  const at = CARRIED_AT[address.range()]
  return at === undefined ? undefined : new ipaddr.IPv4(address.toByteArray().slice(at, at + 4))
}
