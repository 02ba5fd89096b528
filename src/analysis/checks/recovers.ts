import type { Evidence } from '../../model/evidence.ts'
import type { RecoverySummary } from '../../model/report.ts'
import type { Verdict } from '../../model/verdict.ts'
import { type Check, failed, passed, unknown } from './check.ts'

const NAMED = { id: 'recovers', title: 'It recovers' }

/** Where nothing is stated: as long as the trouble lasted, and at least so long. */
const USUAL_LIMIT_S = 30

/** After an outage or overload the backlog clears and latency returns: told from the series, to its step. */
export const recovers: Check = { ...NAMED, judge }

function judge({ summary, header }: Evidence): Verdict {
  const { recovery } = summary
  if (recovery === null) {
    return unknown(
      NAMED,
      'nothing went wrong for long enough to be seen, so nothing was recovered from',
      'Have it fail or be overloaded during the run: squall run outage, squall run overload.',
    )
  }
  const limitS = limitOf(recovery, header.asks.objectives.recoveryMs)
  const facts = { ...recovery, limitS }
  return recovery.tookS === null ? stillIll(recovery, limitS, facts) : again(recovery, recovery.tookS, limitS, facts)
}

function limitOf({ fromS, causeEndS }: RecoverySummary, statedMs: number | null): number {
  return statedMs === null ? Math.max(USUAL_LIMIT_S, (causeEndS ?? fromS) - fromS) : statedMs / 1000
}

function again(recovery: RecoverySummary, tookS: number, limitS: number, facts: Verdict['evidence']): Verdict {
  const claim = `in trouble from ${recovery.fromS} s to ${recovery.causeEndS} s, and as before ${tookS} s later; limit: ${limitS} s`
  return tookS <= limitS ? passed(NAMED, claim, facts) : failed(NAMED, claim, facts, FIX)
}

function stillIll({ fromS, watchedS }: RecoverySummary, limitS: number, facts: Verdict['evidence']): Verdict {
  const claim = `in trouble from ${fromS} s on, and still so ${watchedS} s after the load was gone; limit: ${limitS} s`
  if (watchedS > limitS) return failed(NAMED, claim, facts, FIX)
  return unknown(NAMED, claim, 'Let the run go on for longer than that after the trouble.', facts)
}

const FIX =
  'Shed load early (429), bound every queue, and do not let retries pile up behind what failed: the backlog must shrink while new events come.'
