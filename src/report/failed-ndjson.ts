import type { UnackedDelivery } from '../model/delivery-end.ts'

/** `failed.ndjson`: a line for each delivery that did not end acked, newlines included. Of a batch: its first message, and how many it carried. */
export function* failedNdjson(
  deliveries: Iterable<UnackedDelivery>,
  messageIdAt: (index: number) => string,
): Generator<string> {
  for (const { index, size, lane, seq, end, lastStatus, attempts } of deliveries) {
    const carried = { messageId: messageIdAt(index), ...(size > 1 && { batch: size }) }
    yield `${JSON.stringify({ ...carried, lane, seq, end, lastStatus, attempts })}\n`
  }
}
