import { stateSource } from '../adapters/receipts/state-source.ts'
import type { StateSource } from '../model/state.ts'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'
import type { ReceiptAccess } from './receipt-access.ts'

/**
 * Where final states are read.
 * @param target where the run goes: its host may be read from too
 * @throws CliError for a source that makes no sense
 */
export function openState(spec: string, target?: string, access?: ReceiptAccess): StateSource {
  const allowHost = (host: string): boolean => target !== undefined && new URL(target).hostname === host
  try {
    return stateSource(spec, { allowHost, ...access })
  } catch (error) {
    throw new CliError((error as Error).message.replace('--receipts', '--state'), EXIT.usage)
  }
}
