/** What a run is to reach, in numbers; null: nothing is stated. */
export interface Objectives {
  /** Each of them must hold. */
  readonly latency: readonly LatencyObjective[]
  /** For live traffic beside a replay; absent: as `latency`. */
  readonly liveLatency?: readonly LatencyObjective[]
  /** Until a stored event can be read; absent: within the settle time. */
  readonly visible?: VisibilityObjective
  /** Deliveries accepted per second, at least. */
  readonly acceptedPerSecond: number | null
  /** Share of attempts that meet a 5xx, at most; above 0. */
  readonly serverErrorShare: number | null
  /** Share of deliveries that are accepted in the end, at least; below 1. */
  readonly successShare: number | null
  /** From the end of an outage or overload until everything is as before, at most. */
  readonly recoveryMs: number | null
}

/** A share of attempts takes no longer than a limit. */
export interface LatencyObjective {
  /** 0.99 for p99. */
  readonly share: number
  readonly limitMs: number
  /** Counted from the moment at which the attempt was due, or from its dispatch. */
  readonly from: 'due' | 'send'
}

/** A share of acknowledged events can be read so soon after. */
export type VisibilityObjective = Omit<LatencyObjective, 'from'>

export const NO_OBJECTIVES: Objectives = {
  latency: [],
  acceptedPerSecond: null,
  serverErrorShare: null,
  successShare: null,
  recoveryMs: null,
}
