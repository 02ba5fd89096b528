/** How fast a target was, over time and under pressure; told from the ledger alone. */
export interface PaceFacts {
  /** Of the main phase, its warm-up left out, where as much was due as in most of it. */
  readonly slices: readonly LatencySlice[]
  /** Null: nothing was replayed. */
  readonly besideReplay: BesideReplayFacts | null
  /** Of each replay; null: nothing was replayed. */
  readonly replay: TakenFacts | null
  /** Of the rate that was declared; null: none was. */
  readonly declared: TakenFacts | null
  readonly promises: PromiseFacts
}

/** Accepted attempts in a slice of time, from dispatch, with the wait for a slot. */
export interface LatencySlice {
  /** Its middle, in seconds of the run. */
  readonly atS: number
  readonly medianMs: number
}

/** Attempts of live deliveries that were due while a replay went on, warm-up left out. */
export interface BesideReplayFacts {
  readonly attempts: number
  /** Those that were not taken for trouble that passes: 429, 5xx, timeouts, broken connections. */
  readonly troubled: number
  /** The same while nothing was replayed. */
  readonly otherwise: { readonly attempts: number; readonly troubled: number }
  /** In the order of the objectives. */
  readonly limits: readonly LimitFacts[]
}

/** Latencies against one of the limits that the run is to keep; warm-up and trouble of our own machine left out. */
export interface LimitFacts {
  /** Attempts that were accepted, and those that took longer than the limit whatever they met: fast errors flatter nothing. */
  readonly judged: number
  /** Those that took longer, timeouts among them. */
  readonly above: number
  /** Those that the target alone made longer: all that squall's own lateness and stalls can have added is taken off. */
  readonly aboveByTarget: number
}

/** Deliveries asked for in some phases, by the second and never more than a bound, and what was taken of them. */
export interface TakenFacts {
  readonly seconds: number
  /** Seconds in which about as much was due as the bound allows. */
  readonly busySeconds: number
  /** Due in those phases, no more counted in a second than the bound; what a 4xx ended is left out. */
  readonly asked: number
  /** Accepted by an attempt that was due before its phase ended, or before a first retry after it. */
  readonly taken: number
  readonly takenWithRetry: number
  /** Whatever was due meanwhile, of all phases. */
  readonly due: number
  /** Attempts that met a 429, a 5xx or a timeout, and those that waited long for a slot. */
  readonly pushedBack: number
  readonly waitedForSlot: number
}

/** What came of it when a 429 or 503 said how long to wait. */
export interface PromiseFacts {
  /** Attempts that met a 429. */
  readonly refused: number
  /** Those that were taken when they came again. */
  readonly kept: number
  /** Those that were refused again, though they came after that time and all attempts of the second were well within the declared rate. */
  readonly broken: number
  readonly examples: readonly { readonly index: number; readonly retryAfterS: number; readonly waitedS: number }[]
}
