import { discardSource } from '../adapters/receipts/discard-source.ts'
import type { DiscardSource } from '../model/discards.ts'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'
import type { ReceiptAccess } from './receipt-access.ts'

/**
 * Where what the receiver took and did not keep is read.
 * @param target where the run goes: its host may be read from too
 * @throws CliError for a source that makes no sense
 */
export function openDiscards(spec: string, target?: string, access?: ReceiptAccess): DiscardSource {
  const allowHost = (host: string): boolean => target !== undefined && new URL(target).hostname === host
  try {
    return discardSource(spec, { allowHost, ...access })
  } catch (error) {
    throw new CliError((error as Error).message.replace('--receipts', '--discards'), EXIT.usage)
  }
}
