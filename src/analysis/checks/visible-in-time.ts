import type { AuditFindings } from '../../model/audit.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Verdict } from '../../model/verdict.ts'
import { bitsFromText } from '../audit-bits.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { counted, countText } from './count-text.ts'
import { ruleOnShare } from './share-ruling.ts'
import { atLeastText, atMostText, neededText, partText } from './share-text.ts'
import { withReceipts } from './with-receipts.ts'

const NAMED = { id: 'visible-in-time', title: 'Stored events can be read in time' }

/** Where nothing else is stated: so large a share, within the settle time. */
const USUAL_SHARE = 0.99

/** From its acknowledgement on, an event is in what the store shows within the stated time. */
export const visibleInTime: Check = {
  ...NAMED,
  judge: (evidence) => withReceipts(NAMED, evidence, (findings) => judge(evidence, findings)),
}

function judge(evidence: Evidence, findings: AuditFindings): Verdict {
  const { header } = evidence
  const { timeliness, visibleMs } = findings
  if (timeliness === undefined || timeliness.followed === 0) {
    return unknown(NAMED, 'the first reading came too late to tell', 'Read the receipts as soon as the run has ended.')
  }
  const { limitMs, followed, late, open } = timeliness
  const wanted = header.asks.objectives.visible?.share ?? USUAL_SHARE
  const allowed = Number((1 - wanted).toPrecision(12))
  const share = { badAtLeast: late, badAtMost: late + open, trials: followed, allowed }
  const facts = { limitMs, followed, late, undecided: open, visibleP50Ms: visibleMs.p50, visibleP99Ms: visibleMs.p99 }
  const within = `within ${limitMs / 1000} s of their acknowledgement`
  const ruling = ruleOnShare(share)
  if (ruling === 'within')
    return passed(NAMED, `${partText(late + open, followed)} could not be read ${within}: ${atMostText(share)}`, facts)
  if (ruling === 'beyond') {
    const claim = `${partText(late, followed)} could not be read ${within}: ${atLeastText(share)}${lostText(evidence, findings)}`
    return failed(NAMED, claim, facts, FIX)
  }
  const claim =
    late + open === 0
      ? `all of ${counted(followed, 'event')} could be read ${within}: too few to tell`
      : `${partText(late + open, followed)} may not have been readable ${within}, which decides nothing`
  return unknown(NAMED, claim, open > late ? readingsFix(open) : `Send more: ${neededText(share, 'events')}.`, facts)
}

/** What is lost is late as well, and no lag. */
function lostText({ standings: { must } }: Evidence, { found }: AuditFindings): string {
  const lost = must.countWithout(bitsFromText(found, must.size))
  return lost === 0
    ? ''
    : `; ${counted(lost, 'event was', 'events were')} in no reading at all: see first whether they are lost`
}

const FIX =
  'Have the store show an event sooner after it is acknowledged, or state the time that it needs, with --settle or under objectives.visible-in-time.'

function readingsFix(open: number): string {
  return `For ${countText(open)} no reading fell between their being there and their time: give more of it, with --settle.`
}
