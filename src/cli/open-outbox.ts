import { outboxSource } from '../adapters/receipts/outbox-source.ts'
import type { OutboxSource } from '../model/outbox.ts'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'
import type { ReceiptAccess } from './receipt-access.ts'

/**
 * Where what the receiver sent out is read.
 * @param target where the run goes: its host may be read from too
 * @throws CliError for a source that makes no sense
 */
export function openOutbox(spec: string, target?: string, access?: ReceiptAccess): OutboxSource {
  const allowHost = (host: string): boolean => target !== undefined && new URL(target).hostname === host
  try {
    return outboxSource(spec, { allowHost, ...access })
  } catch (error) {
    throw new CliError((error as Error).message.replace('--receipts', '--outbox'), EXIT.usage)
  }
}
