import type { EndExample, Evidence, PhaseEnds } from '../../model/evidence.ts'
import { NAMESPACE_STRIDE } from '../../model/message.ts'
import { messageCount, ordinalOf } from '../../model/ordinal.ts'
import { isRefusedPhase, type PhasePlan } from '../../model/plan.ts'
import { bitsFromText } from '../audit-bits.ts'
import { lowerBound95 } from './lower-bound95.ts'
import { upperBound95 } from './upper-bound95.ts'

/** What became of the deliveries of some phases that a sound receiver refuses. */
export interface Refusals {
  readonly phases: readonly PhasePlan[]
  /** Deliveries whose end says what the receiver makes of them. */
  readonly decided: number
  readonly undecided: number
  readonly accepted: readonly EndExample[]
  readonly acceptedCount: number
  readonly rejected: readonly EndExample[]
  readonly rejectedBy: Readonly<Record<string, number>>
  /** Met by server errors or no answer at each try, while others were not. */
  readonly broken: readonly EndExample[]
  readonly brokenCount: number
  /** Names of the phases of which no delivery was decided. */
  readonly open: readonly string[]
}

/** Of the refused phases that `pick` takes. */
export function refusalsIn(evidence: Evidence, pick: (phase: PhasePlan) => boolean): Refusals {
  const { plan, phaseEnds } = evidence
  const picked = plan.phases.flatMap((phase, i) =>
    isRefusedPhase(plan, i) && pick(phase) ? [{ phase, ends: phaseEnds[i]!, isBroken: breaks(evidence, i) }] : [],
  )
  const ends = picked.map((one) => one.ends)
  const broken = picked.filter(({ isBroken }) => isBroken).map((one) => one.ends.broken)
  const brokenCount = sum(broken.map(({ count }) => count))
  const decided = sum(ends.map(({ accepted, rejected }) => accepted.count + rejected.count)) + brokenCount
  return {
    phases: picked.map(({ phase }) => phase),
    decided,
    undecided: sum(ends.map(({ sent }) => sent)) - decided,
    accepted: ends.flatMap(({ accepted }) => accepted.examples),
    acceptedCount: sum(ends.map(({ accepted }) => accepted.count)),
    rejected: ends.flatMap(({ rejected }) => rejected.examples),
    rejectedBy: statusesOf(ends),
    broken: broken.flatMap(({ examples }) => examples),
    brokenCount,
    open: picked
      .filter(({ ends: { accepted, rejected } }) => accepted.count + rejected.count === 0)
      .map(({ phase }) => phase.name),
  }
}

/** What its valid traffic met: a receiver that refuses that as well, or is down, shows nothing by refusing. */
export function welcomeEnds({ plan, phaseEnds }: Pick<Evidence, 'plan' | 'phaseEnds'>): {
  readonly accepted: number
  readonly gaveUp: number
  readonly attempts: number
  /** Attempts that met one, or no answer. */
  readonly troubles: number
  readonly rejected: readonly EndExample[]
  readonly rejectedBy: Readonly<Record<string, number>>
} {
  const ends = phaseEnds.filter((_, i) => !isRefusedPhase(plan, i))
  return {
    accepted: sum(ends.map(({ accepted }) => accepted.count)),
    gaveUp: sum(ends.map(({ broken, undecided }) => broken.count + undecided)),
    attempts: sum(ends.map(({ attempts }) => attempts)),
    troubles: sum(ends.map(troublesOf)),
    rejected: ends.flatMap(({ rejected }) => rejected.examples),
    rejectedBy: statusesOf(ends),
  }
}

/** Ordinals of the phases' messages that are in the store. */
export function storedOf({ plan, findings }: Evidence, phases: readonly PhasePlan[]): number[] {
  if (findings === null) return []
  const found = bitsFromText(findings.found, messageCount(plan))
  return ordinalsOf(plan, phases).filter((ordinal) => found.has(ordinal))
}

/** How many messages that a receiver might have refused were taken all the same: they say nothing of valid ones. */
export function takenFreely({ plan, standings: { must } }: Pick<Evidence, 'plan' | 'standings'>): number {
  const phases = plan.phases.filter(({ expects }) => expects === 'either')
  return ordinalsOf(plan, phases).filter((ordinal) => must.has(ordinal)).length
}

function ordinalsOf(plan: Evidence['plan'], phases: readonly PhasePlan[]): number[] {
  const sent: number[] = []
  for (let namespace = 0; namespace < plan.traffic.namespaces; namespace++) {
    for (const { messages } of phases) {
      const first = ordinalOf(plan, namespace * NAMESPACE_STRIDE + messages.first)
      for (let n = 0; n < messages.count; n++) sent.push(first + n)
    }
  }
  return sent
}

/** Trouble that comes with what is refused, and not just then: the valid traffic beside it met far fewer, and none of it was given up. */
function breaks(evidence: Evidence, phase: number): boolean {
  const ends = evidence.phaseEnds[phase]!
  const others = welcomeEnds(evidence)
  if (ends.broken.count === 0 || others.accepted === 0 || others.gaveUp > 0) return false
  const [least, most] = [lowerBound95(troublesOf(ends), ends.attempts), upperBound95(others.troubles, others.attempts)]
  return (least ?? 0) > (most ?? 1)
}

function troublesOf({ serverErrors, unanswered }: PhaseEnds): number {
  return serverErrors + unanswered
}

function statusesOf(ends: readonly PhaseEnds[]): Record<string, number> {
  const statuses: Record<string, number> = {}
  for (const { rejectedBy } of ends) {
    for (const [status, count] of Object.entries(rejectedBy)) statuses[status] = (statuses[status] ?? 0) + count
  }
  return statuses
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
