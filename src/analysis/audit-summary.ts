import type { AuditFindings } from '../model/audit.ts'
import type { Evidence } from '../model/evidence.ts'
import type { AuditSummary } from '../model/report.ts'
import { upperBound95 } from './checks/upper-bound95.ts'
import { missingOf } from './discarded.ts'

/** The audit in numbers. Null: nobody looked. `expected` is `found`, `discarded` and `lost`; what was sent and never acked is counted apart. */
export function auditSummary({ standings, findings }: Pick<Evidence, 'standings' | 'findings'>): AuditSummary {
  const { must, may, unwelcome, refusedSet } = standings
  const expected = must.count()
  const refused = unwelcome.count()
  if (findings === null || findings.unreadable !== '') {
    const unknown = refused === 0 ? {} : { unwelcome: refused, unwelcomeFound: null }
    return { ...UNREAD, source: findings?.source ?? 'none', expected, ...unknown }
  }
  const missing = missingOf(standings, findings)
  const { found } = missing
  const [discarded, lost] = [missing.discarded.count(), missing.lost.count()]
  const unwelcomeFound = found.countWith(unwelcome)
  const mayFound = found.countWith(may) - found.countWith(must) - unwelcomeFound
  return {
    source: findings.source,
    expected,
    found: expected - discarded - lost,
    lost,
    ...(isReadable(findings.discards) && { discarded }),
    phantom: findings.strangers.count + found.countWithout(may),
    duplicated: findings.duplicated.count,
    altered: findings.comparedContent + findings.altered.count === 0 ? null : findings.altered.count,
    misdated: findings.timeUnitMs === 0 ? null : findings.misdated.count,
    mayFound,
    mayAbsent: may.countWithout(must) - mayFound - refused,
    rejectedFound: found.countWith(refusedSet),
    ...(refused > 0 && { unwelcome: refused, unwelcomeFound }),
    lostRatioBound95: upperBound95(discarded + lost, expected),
    visibleMs: findings.visibleMs,
    clockOffsetMs: null,
  }
}

function isReadable(discards: AuditFindings['discards']): boolean {
  return discards !== undefined && discards.unreadable === ''
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
