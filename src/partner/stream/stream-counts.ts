import type { IngestCode } from './ingest-code.ts'

/** What came to the HTTP Tracking API since its start. */
export interface StreamCounts {
  readonly requests: number
  /** Events that were stored. */
  readonly stored: number
  /** Events that were accepted and not stored, by code. */
  readonly discarded: Readonly<Partial<Record<IngestCode, number>>>
}

export class StreamTally implements StreamCounts {
  requests = 0
  stored = 0
  readonly discarded: Partial<Record<IngestCode, number>> = {}

  discard(code: IngestCode): void {
    this.discarded[code] = (this.discarded[code] ?? 0) + 1
  }
}
