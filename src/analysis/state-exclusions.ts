import type { AuditFindings } from '../model/audit.ts'
import { BitSet } from '../model/bit-set.ts'
import type { Standings } from '../model/evidence.ts'
import type { Traffic } from '../model/message.ts'
import { indexAt, messageCount } from '../model/ordinal.ts'
import type { Plan } from '../model/plan.ts'
import type { StateExclusion } from '../model/state.ts'
import { bitsFromText } from './audit-bits.ts'
import type { Roster } from './state-roster.ts'

interface Audited {
  readonly plan: Plan
  readonly traffic: Traffic
  readonly findings: AuditFindings
  readonly standings: Pick<Standings, 'erased'>
}

/** Users of whom something else went wrong, which other verdicts name; or who were to be deleted; or whose events have no order that a store could keep. */
export function exclusionsOf(
  { plan, traffic, findings, standings }: Audited,
  roster: Roster,
): Map<number, StateExclusion> {
  const exclusions = new Map<number, StateExclusion>()
  const unitMs = Math.max(1, findings.timeUnitMs)
  for (const [user, ns] of roster.identifies) {
    const moments = ns.map((n) => roster.timestampMsOf(n))
    if (moments.some((ms, i) => i > 0 && ms - moments[i - 1]! < unitMs)) exclusions.set(user, 'tied')
  }
  const size = messageCount(plan)
  const found = bitsFromText(findings.found, size)
  const flawed = findings.flawed === undefined ? new BitSet(size) : bitsFromText(findings.flawed, size)
  for (let ordinal = 0; ordinal < size; ordinal++) {
    const isFound = found.has(ordinal) && !standings.erased?.all.has(ordinal)
    if (!isFound || flawed.has(ordinal)) {
      exclusions.set(traffic.userAt(indexAt(plan, ordinal)), isFound ? 'flawed' : 'missing')
    }
  }
  return exclusions
}
