import type { AuditFindings } from '../model/audit.ts'
import type { Standings } from '../model/evidence.ts'
import type { Traffic } from '../model/message.ts'
import type { Plan } from '../model/plan.ts'
import { ReceiptsUnreadable } from '../model/receipt.ts'
import type { StateDifference, StateExclusion, StateFindings, StateRule, StateSource } from '../model/state.ts'
import type { Clock } from '../model/world.ts'
import { Examples } from './audit-examples.ts'
import { Arrivals } from './state-arrivals.ts'
import { StateComparison } from './state-comparison.ts'
import { exclusionsOf } from './state-exclusions.ts'
import { NOTHING } from './state-origins.ts'
import { StateReading } from './state-reading.ts'
import { Roster } from './state-roster.ts'

export interface StateRequest {
  readonly plan: Plan
  readonly traffic: Traffic
  readonly standings: Standings
  /** What the receipts said: only users whose every message was found, unaltered and rightly dated are compared. */
  readonly findings: AuditFindings
  readonly source: StateSource
  readonly rule: StateRule
  readonly clock: Clock
  /** On `clock`: until then what was stored may not be in the state yet. */
  readonly deadlineMs: number
}

const FIRST_GAP_MS = 250

/**
 * Reads the final states until two readings agree and no user's differ, or the time is over; a last reading begins after its end.
 * Says how they compare, or why they could not be read.
 */
export async function auditStates(request: StateRequest): Promise<StateFindings> {
  try {
    return await settledStates(request)
  } catch (error) {
    if (error instanceof ReceiptsUnreadable) return { ...headOf(request), unreadable: error.message, ...NOTHING_READ }
    throw error
  }
}

async function settledStates(request: StateRequest): Promise<StateFindings> {
  const { clock, source, deadlineMs } = request
  const roster = new Roster(request.plan, request.traffic)
  const excluded = exclusionsOf(request, roster)
  let before: StateReading | undefined
  for (let readings = 1, gapMs = FIRST_GAP_MS; ; readings++, gapMs *= 2) {
    const fromMs = clock.nowMs()
    const reading = new StateReading(roster)
    for await (const lines of source.read()) for (const line of lines) reading.take(line)
    const settled = before?.agrees(reading) ?? false
    const isLast = before !== undefined && fromMs >= deadlineMs
    if (settled || isLast) {
      const compared = comparedStates(request, roster, excluded, reading)
      if (isLast || compared.differing.count === 0) {
        return { ...headOf(request), unreadable: '', readings, settled, ...compared }
      }
    }
    before = reading
    await reach(clock, Math.min(clock.nowMs() + gapMs, Math.max(clock.nowMs(), deadlineMs)))
  }
}

function reach(clock: Clock, atMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.at(atMs, resolve)
  })
}

type Compared = Pick<StateFindings, 'lines' | 'compared' | 'reordered' | 'values' | 'excluded' | 'differing'>

function comparedStates(
  { plan, standings, rule }: StateRequest,
  roster: Roster,
  exclusions: ReadonlyMap<number, StateExclusion>,
  reading: StateReading,
): Compared {
  const comparison = new StateComparison(roster, new Arrivals(plan, standings), rule, reading)
  const differing = new Examples<StateDifference>()
  const excluded = { missing: 0, flawed: 0, tied: 0 }
  let [compared, reordered, values] = [0, 0, 0]
  for (const user of roster.identifies.keys()) {
    const why = exclusions.get(user)
    if (why !== undefined) {
      excluded[why]++
      continue
    }
    const states = reading.originsOf(user)
    compared++
    if (comparison.isReordered(user)) reordered++
    for (const origins of states) for (const origin of origins?.byTrait.values() ?? []) if (origin !== NOTHING) values++
    const difference = comparison.differenceOf(user, states)
    if (difference !== undefined) differing.add(() => difference)
  }
  const tally = { count: differing.count, examples: [...differing.kept] }
  return { lines: reading.lines, compared, reordered, values, excluded, differing: tally }
}

function headOf({ source, rule }: StateRequest): Pick<StateFindings, 'source' | 'location' | 'rule'> {
  return { source: source.kind, location: source.location, rule }
}

const NOTHING_READ: Omit<StateFindings, 'source' | 'location' | 'rule' | 'unreadable'> = {
  readings: 0,
  settled: false,
  lines: 0,
  compared: 0,
  reordered: 0,
  values: 0,
  excluded: { missing: 0, flawed: 0, tied: 0 },
  differing: { count: 0, examples: [] },
}
