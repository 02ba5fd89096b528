/** What the ledger of a Stream's run says of its requests. */
export interface StreamPace {
  /** Attempts on record, retries among them. */
  readonly requests: number
  readonly retries: number
  /** The most that left within any second. */
  readonly busiestCount: number
  /** When that second began, in seconds of the run; null: nothing was sent. */
  readonly busiestFromS: number | null
  /** From dispatch to outcome, of the longest attempt: nothing can have arrived later than this after it left. */
  readonly latencyMaxMs: number
}

/** What the Stream rules say of what the run sent. */
export interface StreamSpecFacts {
  /** Messages that the run may have sent where they should be taken. */
  readonly sent: number
  /** Those that were looked at: all, or as many as are looked at, evenly spaced. */
  readonly looked: number
  /** Requests that were looked at as a whole, with head and body. */
  readonly requests: number
  readonly errors: number
  readonly warnings: number
  /** Errors first. */
  readonly findings: readonly StreamSpecFinding[]
}

export interface StreamSpecFinding {
  /** The rule's id. */
  readonly rule: string
  readonly severity: 'error' | 'warning'
  readonly says: string
  readonly mend: string
  readonly count: number
  /** The first few: where (a JSON Pointer into the event or the request), and what stands there. Null: it is the request's. */
  readonly examples: readonly { readonly index: number | null; readonly pointer: string; readonly detail: string }[]
}
