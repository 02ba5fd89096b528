import type { Receipt } from '../../model/receipt.ts'
import { receiptOf } from '../receipt-of.ts'
import type { StoredRecord } from '../store.ts'
import type { StoredDiscard, StreamStore } from './stream-store.ts'

const PAGE_RECORDS = 200

/** What the store holds, as far as it is shown, page by page, so that its size does not matter. */
export function* streamReceipts(
  store: StreamStore,
  isShown: (record: StoredRecord) => boolean,
): Generator<readonly Receipt[]> {
  for (const page of pagesOf((afterSeq) => store.page(afterSeq, PAGE_RECORDS)))
    yield page.filter(isShown).map(receiptOf)
}

/** What was accepted and not stored. What came with nobody's key is shown to every source: it may have been meant for it. */
export function* streamDiscards(store: StreamStore, source: string | undefined): Generator<readonly object[]> {
  const isShown = (discard: StoredDiscard): boolean => source === undefined || ['', source].includes(discard.source)
  for (const page of pagesOf((afterSeq) => store.discards(afterSeq, PAGE_RECORDS)))
    yield page.filter(isShown).map(discardLine)
}

function discardLine({ seq: _, source, messageId, ...rest }: StoredDiscard): object {
  return { ...(messageId !== null && { messageId }), ...rest, account: source }
}

function* pagesOf<Stored extends { readonly seq: number }>(
  pageAfter: (afterSeq: number) => readonly Stored[],
): Generator<readonly Stored[]> {
  for (let afterSeq = 0; ; ) {
    const page = pageAfter(afterSeq)
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    afterSeq = last.seq
  }
}
