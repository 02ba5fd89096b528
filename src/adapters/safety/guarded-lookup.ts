import type { LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import type { AddressClass } from './address-class.ts'
import type { Names } from './names.ts'

/**
 * Resolves a name anew at each connection, and hands out only addresses of the kinds that were let through: a name that moves
 * elsewhere in the middle of a run leads nowhere.
 */
export function guardedLookup(names: Names, allowed: ReadonlySet<AddressClass>): LookupFunction {
  return (host, options, callback) => {
    const answer = (addresses: readonly string[]): void => {
      const usable = addresses.filter((address) => allowed.has(names.classOf(address))).map(withFamily)
      const [first] = usable
      if (first === undefined) callback(refusal(host, addresses), '', 4)
      else if (options.all) callback(null, usable)
      else callback(null, first.address, first.family)
    }
    names.addressesOf(host).then(answer, (error: Error) => callback(error, '', 4))
  }
}

function withFamily(address: string): LookupAddress {
  return { address, family: isIP(address) }
}

/** No answer at all is the name's trouble; an answer that may not be used is ours to refuse. */
function refusal(host: string, addresses: readonly string[]): NodeJS.ErrnoException {
  if (addresses.length === 0) return Object.assign(new Error(`${host} has no address`), { code: 'ENOTFOUND' })
  const error = new Error(`${host} now resolves to ${addresses.join(', ')}, which this run may not reach`)
  return Object.assign(error, { code: 'EAI_FAIL' })
}
