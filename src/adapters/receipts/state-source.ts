import type { Receipt } from '../../model/receipt.ts'
import type { StateLine, StateSource } from '../../model/state.ts'
import { STATE_ID_FIELD, unreadable } from './receipt-place.ts'
import { type ReceiptSourceOptions, receiptSource } from './receipt-source.ts'

/**
 * The final states that a text such as `file:state.ndjson` names: one `{"userId", "traits"}` a line, from wherever receipts can come.
 * @throws ReceiptsUnreadable when it names no source; the message says what would
 */
export function stateSource(spec: string, options: Omit<ReceiptSourceOptions, 'idField'> = {}): StateSource {
  const { kind, location, read } = receiptSource(spec, { ...options, idField: STATE_ID_FIELD })
  return { kind, location, read: () => linesOf(read(), location) }
}

async function* linesOf(pages: AsyncIterable<readonly Receipt[]>, location: string): AsyncGenerator<StateLine[]> {
  for await (const page of pages) {
    yield page.map(({ messageId: userId, traits, extra }) => ({
      userId,
      traits: traitsOf(traits, userId, location),
      ...(extra && { extra }),
    }))
  }
}

/** An object, or its JSON as a column has it. */
function traitsOf(value: unknown, userId: string, location: string): StateLine['traits'] {
  const traits = typeof value === 'string' ? parsed(value) : (value ?? {})
  if (typeof traits === 'object' && traits !== null && !Array.isArray(traits)) return traits as StateLine['traits']
  throw unreadable({ location }, `the traits of ${userId} are no object; write them as {"userId": "…", "traits": {…}}`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
