import type { Evidence } from '../model/evidence.ts'
import type { AuditSummary } from '../model/report.ts'
import { bitsFromText } from './audit-bits.ts'
import { upperBound95 } from './checks/upper-bound95.ts'

/** The audit in numbers. Null: nobody looked. `expected` is `found` and `lost`; what was sent and never acked is counted apart. */
export function auditSummary({ standings, findings }: Pick<Evidence, 'standings' | 'findings'>): AuditSummary {
  const { must, may, refusedSet } = standings
  const expected = must.count()
  if (findings === null || findings.unreadable !== '') {
    return { ...UNREAD, source: findings?.source ?? 'none', expected }
  }
  const found = bitsFromText(findings.found, must.size)
  const lost = must.countWithout(found)
  const mayFound = found.countWith(may) - found.countWith(must)
  return {
    source: findings.source,
    expected,
    found: expected - lost,
    lost,
    phantom: findings.strangers.count + found.countWithout(may),
    duplicated: findings.duplicated.count,
    altered: findings.comparedContent + findings.altered.count === 0 ? null : findings.altered.count,
    misdated: findings.timeUnitMs === 0 ? null : findings.misdated.count,
    mayFound,
    mayAbsent: may.countWithout(must) - mayFound,
    rejectedFound: found.countWith(refusedSet),
    lostRatioBound95: upperBound95(lost, expected),
    visibleMs: findings.visibleMs,
    clockOffsetMs: null,
  }
}

const UNREAD: Omit<AuditSummary, 'source' | 'expected'> = {
  found: null,
  lost: null,
  phantom: null,
  duplicated: null,
  altered: null,
  misdated: null,
  mayFound: null,
  mayAbsent: null,
  rejectedFound: null,
  lostRatioBound95: null,
  visibleMs: { p50: null, p99: null },
  clockOffsetMs: null,
}
