import type { OutboxLine, OutboxSource } from '../../model/outbox.ts'
import type { Receipt } from '../../model/receipt.ts'
import { type ReceiptSourceOptions, receiptSource } from './receipt-source.ts'

/**
 * What a receiver sent to the outside, as a text such as `file:outbox.ndjson` names it: lines of `{"messageId", "userId", "to"}`, each of them
 * optional, from wherever receipts can come.
 * @throws ReceiptsUnreadable when it names no source; the message says what would
 */
export function outboxSource(
  spec: string,
  options: Omit<ReceiptSourceOptions, 'idField' | 'fields'> = {},
): OutboxSource {
  const { kind, location, read } = receiptSource(spec, { ...options, idOptional: true, fields: ['to'] })
  return { kind, location, read: () => linesOf(read()) }
}

/** Several as one. */
export function joinedOutbox(sources: readonly [OutboxSource, ...OutboxSource[]]): OutboxSource {
  const [{ kind, location }] = sources
  return { kind, location, read: () => readAll(sources) }
}

async function* readAll(sources: readonly OutboxSource[]): AsyncGenerator<readonly OutboxLine[]> {
  for (const source of sources) yield* source.read()
}

async function* linesOf(pages: AsyncIterable<readonly Receipt[]>): AsyncGenerator<readonly OutboxLine[]> {
  for await (const page of pages) yield page.map(lineOf)
}

function lineOf({ messageId, userId, extra }: Receipt): OutboxLine {
  return {
    ...(messageId !== '' && { messageId }),
    ...(userId != null && { userId: String(userId) }),
    ...(extra?.to != null && { to: String(extra.to) }),
  }
}
