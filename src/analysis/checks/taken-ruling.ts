import type { Evidence } from '../../model/evidence.ts'
import type { TakenFacts } from '../../model/pace-facts.ts'
import { countText } from './count-text.ts'
import { OWN_FIX, type Ruling } from './limit-ruling.ts'

/** So large a part of what is asked for is all of it: seconds have edges. */
const TAKEN_SHARE = 0.9
/** Fewer deliveries say little about a rate. */
const ASKED_MIN = 100

/** Whether what was asked for was taken in time: at once, or at a first retry at most. */
export function ruleOnTaken({ summary, cutShort }: Pick<Evidence, 'summary' | 'cutShort'>, taken: TakenFacts): Ruling {
  const claim = `${countText(taken.asked)} were asked for in ${taken.seconds} s, and ${countText(taken.taken)} taken in time`
  const told = (status: Ruling['status'], said: string, fix: string): Ruling => ({
    status,
    claim: said,
    fix,
    facts: {},
  })
  if (taken.asked < ASKED_MIN) return told('unknown', claim, 'Ask for more, or for longer.')
  if (taken.taken >= taken.asked * TAKEN_SHARE) return told('pass', claim, '')
  if (cutShort) return told('unknown', `${claim}; the run was cut short`, 'Let the run come to its end.')
  const { timing, reasons } = summary.generator
  if (timing === 'doubtful') {
    return told('unknown', `${claim}; squall itself did not keep time (${reasons.join('; ')})`, OWN_FIX)
  }
  const missing = taken.asked - taken.takenWithRetry
  if (taken.waitedForSlot > 0 && taken.pushedBack < missing / 2) {
    return told('unknown', `${claim}; attempts waited for one of ours to end`, 'Allow more of them, with --in-flight.')
  }
  if (missing <= taken.asked * (1 - TAKEN_SHARE)) {
    const late = `${claim}, and with first retries ${countText(taken.takenWithRetry)}`
    return told('unknown', late, 'Let it run for longer than a first retry takes, or with a greater --time-scale.')
  }
  return told('fail', claim, 'See the answers, and the time they took, in the series: 429, 503, or a queue that grows.')
}
