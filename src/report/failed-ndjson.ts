import type { UnackedDelivery } from '../model/delivery-end.ts'

/** `failed.ndjson`: a line for each delivery that did not end acked, newlines included. */
export function* failedNdjson(
  deliveries: Iterable<UnackedDelivery>,
  messageIdAt: (index: number) => string,
): Generator<string> {
  for (const { index, lane, seq, end, lastStatus, attempts } of deliveries) {
    yield `${JSON.stringify({ messageId: messageIdAt(index), lane, seq, end, lastStatus, attempts })}\n`
  }
}
