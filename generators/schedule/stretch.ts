import type { Copy } from '../../src/model/delivery.ts'
import type { MessageRange, PhasePlan, Plan } from '../../src/model/plan.ts'

/** Consecutive messages on consecutive positions of a phase's pace: those that are the phase's own, or those that come again. */
export interface Stretch {
  /** Index in `plan.phases`. */
  readonly phase: number
  readonly messages: MessageRange
  /** Position of its first message on the phase's pace. */
  readonly position: number
  /** What a message counts as here, and what an extra copy of it does. */
  readonly copy: Copy
  readonly extraCopy: Copy
  /** Of messages that come again: the stretch that sends them first. */
  readonly origin: Stretch | undefined
}

/**
 * All stretches of a plan: of every phase its own messages and then, on the positions behind them, those that come again.
 *
 * @throws RangeError when a phase repeats messages that are not all of one phase
 */
export function stretchesOf(plan: Plan): Stretch[] {
  const own = plan.phases.map((phase, i) => ownStretch(phase, i))
  const again = plan.phases.map((phase, i) => againStretch(phase, i, own))
  return [...own, ...again].filter((stretch) => stretch.messages.count > 0)
}

function ownStretch(phase: PhasePlan, i: number): Stretch {
  const copies: Pick<Stretch, 'copy' | 'extraCopy'> =
    phase.envelope === 'replay' ? { copy: 'replay', extraCopy: 'replay' } : { copy: 'first', extraCopy: 'duplicate' }
  return { phase: i, messages: phase.messages, position: 0, ...copies, origin: undefined }
}

function againStretch(phase: PhasePlan, i: number, own: readonly Stretch[]): Stretch {
  const copy = phase.envelope === 'replay' ? 'replay' : 'duplicate'
  const origin = own.find((stretch) => contains(stretch.messages, phase.again))
  if (!origin && phase.again.count > 0) throw new RangeError(`phase ${i} repeats messages that no single phase sends`)
  return { phase: i, messages: phase.again, position: phase.messages.count, copy, extraCopy: copy, origin }
}

function contains(outer: MessageRange, inner: MessageRange): boolean {
  return inner.first >= outer.first && inner.first + inner.count <= outer.first + outer.count
}
