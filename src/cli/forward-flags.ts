import type { PartnerServerOptions } from '../adapters/endpoints/partner-server.ts'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'

/** The flags that say where an embedded partner sends back what its mails lead to. */
export interface ForwardFlags {
  readonly forward?: string
  readonly stream?: string
  readonly writeKey?: string
  readonly iOwn?: string
}

/**
 * Where to forward; undefined: nowhere.
 * @param customers how many keys there are
 * @throws CliError
 */
export function forwardOf(
  { forward, stream, writeKey, iOwn }: ForwardFlags,
  customers: number,
): PartnerServerOptions['forward'] {
  if (forward === undefined) return nowhere({ '--stream': stream, '--write-key': writeKey, '--i-own': iOwn })
  if (forward !== 'stream') throw new CliError(`--forward: "${forward}" is no place; write stream`, EXIT.usage)
  if (stream === undefined || writeKey === undefined)
    throw new CliError('--forward stream: say where to with --stream URL and --write-key env:NAME', EXIT.usage)
  if (customers > 1)
    throw new CliError('--forward: one write key is one customer’s; start a partner for each --api-key', EXIT.usage)
  return { stream, writeKey, consent: iOwn }
}

/** A flag that would do nothing is a mistake. */
function nowhere(flags: Readonly<Record<string, string | undefined>>): undefined {
  const stray = Object.keys(flags).find((flag) => flags[flag] !== undefined)
  if (stray === undefined) return undefined
  throw new CliError(`${stray}: nothing is forwarded without --forward stream`, EXIT.usage)
}
