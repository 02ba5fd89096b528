import type { Evidence } from '../../model/evidence.ts'
import type { PromiseFacts, TakenFacts } from '../../model/pace-facts.ts'
import type { Verdict } from '../../model/verdict.ts'
import { type Check, unknown } from './check.ts'
import { counted, countText } from './count-text.ts'
import { joined } from './joined-rulings.ts'
import type { Ruling } from './limit-ruling.ts'
import { messageName } from './message-name.ts'
import { ruleOnShare } from './share-ruling.ts'
import { neededText, partText } from './share-text.ts'
import { ruleOnTaken } from './taken-ruling.ts'

const NAMED = { id: 'rate-limits', title: '429 and Retry-After are honest' }

/** Of those who came again when they were told to, so many may be refused once more: clocks and networks are not exact. */
const REFUSED_AGAIN_SHARE = 0.05
/** So many seconds must ask for the declared rate. */
const BUSY_SECONDS_MIN = 5

/** What is declared is taken, and whoever comes again when told to, within the declared rate, is taken then. */
export const rateLimits: Check = { ...NAMED, judge }

function judge(evidence: Evidence): Verdict {
  const { promises, declared } = evidence.paces
  const { declaredPerSecond } = evidence.header.asks
  if (declared === null || declaredPerSecond === undefined) {
    const claim = `${counted(promises.refused, 'attempt')} met a 429, and no rate is declared to judge it by`
    return unknown(NAMED, claim, 'State it: --declared-rate 200/s.', { refused: promises.refused })
  }
  const { examples, ...counts } = promises
  const events = examples.map(({ index, ...waited }) => ({ ...messageName(evidence, index), ...waited }))
  const facts = { declaredPerSecond, ...counts, ...declared, ...(events.length > 0 && { events }) }
  return joined(NAMED, [honesty(promises), rate(evidence, declared, declaredPerSecond)], facts)
}

function honesty({ refused, kept, broken }: PromiseFacts): Ruling {
  const told = (status: Ruling['status'], claim: string, fix: string): Ruling => ({ status, claim, fix, facts: {} })
  if (refused === 0) return told('pass', 'no attempt met a 429', '')
  const trials = kept + broken
  const share = { badAtLeast: broken, badAtMost: broken, trials, allowed: REFUSED_AGAIN_SHARE }
  const met = `${counted(refused, 'attempt')} met a 429`
  const claim = `${met}; ${partText(broken, trials)} were refused again although they waited as told, within the declared rate`
  const ruling = ruleOnShare(share)
  if (ruling === 'within') return told('pass', claim, '')
  if (ruling === 'beyond') return told('fail', claim, HONESTY_FIX)
  if (trials > 0) return told('unknown', claim, `Send more: ${neededText(share, 'of these')}.`)
  return told(
    'unknown',
    `${met}, and none of them was tried again as told, within the declared rate`,
    'Have Retry-After given, retries wait for it (retry: {retryAfter: honour}), and the load fall below the declared rate.',
  )
}

const HONESTY_FIX =
  'Say in Retry-After when an attempt will be taken, and take it then as long as the declared rate is kept.'

function rate(evidence: Evidence, declared: TakenFacts, perSecond: number): Ruling {
  const ruling = ruleOnTaken(evidence, declared)
  const claim = `of the declared ${countText(perSecond)}/s, ${ruling.claim}`
  if (ruling.status === 'fail' || declared.busySeconds >= BUSY_SECONDS_MIN) return { ...ruling, claim }
  return {
    status: 'unknown',
    claim: `the declared ${perSecond}/s were asked for in ${declared.busySeconds} of ${declared.seconds} s`,
    fix: `Offer them for longer: --rate ${perSecond}/s.`,
    facts: {},
  }
}
