import { lookup, Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import { type AddressClass, addressClass } from './address-class.ts'

/** What is known of names and addresses. */
export interface Names {
  /** Every address of a host; none: it has none, or that cannot be known. */
  addressesOf(host: string): Promise<readonly string[]>
  /** The TXT records of a name; none: as above. */
  textsOf(name: string): Promise<readonly string[]>
  classOf(address: string): AddressClass
}

const TEXTS_WITHIN_MS = 3000

/** This machine's own resolver. */
export const systemNames: Names = {
  async addressesOf(host) {
    if (isIP(host) !== 0) return [host]
    const found = await lookup(host, { all: true }).catch(() => [])
    return found.map(({ address }) => address)
  },
  async textsOf(name) {
    const records = await new Resolver({ timeout: TEXTS_WITHIN_MS, tries: 1 }).resolveTxt(name).catch(() => [])
    return records.map((parts) => parts.join(''))
  },
  classOf: addressClass,
}
