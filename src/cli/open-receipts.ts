import { receiptSource } from '../adapters/receipts/receipt-source.ts'
import type { ReceiptSource } from '../model/receipt.ts'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'
import type { ReceiptAccess } from './receipt-access.ts'

/**
 * @param target where the run goes: its host may be read from too, since nothing is read before the run was let through
 * @throws CliError for a source that makes no sense
 */
export function openReceipts(
  spec: string,
  idField: string | undefined,
  target?: string,
  access?: ReceiptAccess,
): ReceiptSource {
  const allowHost = (host: string): boolean => target !== undefined && new URL(target).hostname === host
  try {
    return receiptSource(spec, { allowHost, ...access, ...(idField !== undefined && { idField }) })
  } catch (error) {
    throw new CliError((error as Error).message, EXIT.usage)
  }
}
