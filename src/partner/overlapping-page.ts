import { mix32 } from '../model/hash.ts'
import type { Store, StoredRecord } from './store.ts'

/** Some records of a store, in no order. */
export interface OverlappingPage {
  readonly records: readonly StoredRecord[]
  /** The place after which the next page begins, before the end of this one. Null: this is the last. */
  readonly nextAfter: number | null
}

const PAGE_RECORDS = 100

/** The page after place `afterSeq`. @param overlap how many of its records are on the next one too; fewer than half of a page */
export function overlappingPage(store: Store, afterSeq: number, overlap: number): OverlappingPage {
  const page = store.page(afterSeq, PAGE_RECORDS)
  return {
    records: page.toSorted((a, b) => mix32(a.seq) - mix32(b.seq)),
    nextAfter: page.length < PAGE_RECORDS ? null : page.at(-1 - overlap)!.seq,
  }
}
