import { OauthTokens } from '../adapters/oauth-tokens.ts'
import { passageTo } from '../adapters/safety/passage.ts'
import { readSecret } from '../adapters/secret.ts'
import { TargetInvalid, TargetRefused, targetUrl } from '../adapters/target.ts'
import type { TlsMaterial } from '../adapters/tls-material.ts'
import type { Prepared } from '../index.ts'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'

/**
 * Asks for the first token of a run that shows one beside its write key, and goes on renewing it.
 * @throws CliError, SecretMissing, TargetInvalid, TargetRefused, TokenRefused
 */
export async function openTokens(
  { plan, oauth }: Pick<Prepared, 'plan' | 'oauth'>,
  tls: TlsMaterial,
): Promise<OauthTokens | undefined> {
  if (plan.stream?.auth !== 'oauth') return undefined
  if (oauth === undefined) throw new CliError(NO_SECOND_PART, EXIT.usage)
  const privateKey = readSecret('oauth.privateKey', oauth.privateKey)
  const endpoint = endpointOf(oauth.tokenEndpoint)
  const { ground, lookup } = await passageTo(endpoint, { door: 'tokens', tls })
  if (endpoint.protocol !== 'https:' && ground !== 'loopback')
    throw new TargetRefused(`${endpoint.origin} is asked for tokens by https alone`)
  return OauthTokens.open({ ...oauth, endpoint, privateKey, lookup, tls })
}

const NO_SECOND_PART =
  'a run with OAuth is neither resumed nor replayed: with what it asked for tokens is not on record'

function endpointOf(text: string): URL {
  try {
    return targetUrl(text)
  } catch (error) {
    throw new TargetInvalid((error as Error).message.replace('--target', 'oauth.tokenEndpoint'))
  }
}
