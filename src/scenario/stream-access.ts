import { ScenarioError } from '../model/scenario-error.ts'
import type { Scenario } from './schema.ts'
import type { OauthFields } from './stream.ts'

/** With what a Stream partner comes in, and where: places of secrets, never what stands there. */
export interface StreamAccess {
  readonly writeKey: string | undefined
  /** Undefined: no token is asked for. */
  readonly oauth: TokenAccess | undefined
}

/** With what a token is asked for, and of whom. */
export type TokenAccess = Required<OauthFields>

/** Where Segment takes events, and gives tokens, in each region. */
const REGIONS = {
  us: { api: 'https://api.segment.io', tokens: 'https://oauth2.segment.io/token' },
  eu: { api: 'https://events.eu1.segmentapis.com', tokens: 'https://oauth2.eu1.segmentapis.com/token' },
} as const

/** Where a run goes; undefined: to the embedded receiver. @throws ScenarioError for two places */
export function targetOf({ target, region }: Scenario): string | undefined {
  if (target !== undefined && region !== undefined)
    throw new ScenarioError(['region'], 'there is a target already; leave one of the two out')
  return target ?? (region && REGIONS[region].api)
}

/** @throws ScenarioError for a token that nobody can be asked for */
export function streamAccessOf({ writeKey, auth, oauth, region }: Scenario): StreamAccess {
  if (oauth === undefined) {
    if (auth === 'oauth')
      throw new ScenarioError(
        ['auth'],
        'a token is asked for with clientId, keyId and privateKey; write them under oauth',
      )
    return { writeKey, oauth: undefined }
  }
  if (auth !== undefined && auth !== 'oauth')
    throw new ScenarioError(['oauth'], `auth is ${auth}, so no token is shown; leave one of the two out`)
  const tokenEndpoint = oauth.tokenEndpoint ?? (region && REGIONS[region].tokens)
  if (tokenEndpoint === undefined)
    throw new ScenarioError(
      ['oauth', 'tokenEndpoint'],
      'without a region nobody knows who gives the token; write its URL',
    )
  return { writeKey, oauth: { ...oauth, tokenEndpoint } }
}
