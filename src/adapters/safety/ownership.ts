import { hostOf } from '../target.ts'
import { guardedLookup } from './guarded-lookup.ts'
import { systemNames } from './names.ts'
import { challengeName, challengeUrl, type ProofSeen, proofAtHost, proofInDns } from './ownership-proof.ts'
import { ownershipToken } from './ownership-token.ts'
import { isOnly, kindsOf, type PassageOptions } from './passage.ts'

/** How it stands with the proof that a host is its user's. */
export interface Ownership {
  readonly token: string
  readonly file: ProofSeen & { readonly url: string }
  readonly dns: ProofSeen & { readonly name: string }
}

/**
 * Looks in both places for the proof, as a run would.
 * @returns null for this machine: nothing has to be shown
 * @throws TargetRefused where no load goes, whoever owns it
 */
export async function ownershipOf(
  url: URL,
  { names = systemNames, tokenOf = ownershipToken, tls }: PassageOptions = {},
): Promise<Ownership | null> {
  const host = hostOf(url)
  const kinds = await kindsOf(host, names)
  if (isOnly(kinds, 'loopback')) return null
  const token = tokenOf(host)
  const dns = await proofInDns(names, host, token)
  const file =
    kinds.size === 0
      ? { proven: false, text: 'not to be had (the host has no address)' }
      : await proofAtHost(url.origin, token, { lookup: guardedLookup(names, kinds), ...(tls && { tls }) })
  return {
    token,
    file: { ...file, url: challengeUrl(url.origin, token) },
    dns: { ...dns, name: challengeName(host) },
  }
}
