/**
 * What a relay in front of the target does to a run, between two moments of it. Whole windows: `refuse` (nobody listens, open connections are
 * reset), `reset` (each connection is), `hang` (no byte passes). Single answers, `oneIn` of so many: `lose-answers` (the target has the request and
 * answers, the connection is reset instead), `hold-answers` (the answer comes `holdMs` late).
 */
export interface Disturbance {
  readonly kind: 'refuse' | 'reset' | 'hang' | 'lose-answers' | 'hold-answers'
  /** After the run's start. */
  readonly fromMs: number
  readonly toMs: number
  /** Of so many answers one is lost or held; windows leave it at 1. */
  readonly oneIn: number
  readonly holdMs: number
}
