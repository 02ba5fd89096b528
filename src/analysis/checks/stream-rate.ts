import type { Evidence } from '../../model/evidence.ts'
import type { StreamPace } from '../../model/stream-facts.ts'
import type { Verdict } from '../../model/verdict.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { counted, countText } from './count-text.ts'

const NAMED = { id: 'stream-rate', title: 'Requests keep to the rate', profile: 'stream' } as const

/** What Segment asks of its partners, batches counted as requests. */
const PER_SECOND_MAX = 50

/** In no second more requests leave than Segment asks for, or than was declared: retries included, as the ledger has them. */
export const streamRate: Check = { ...NAMED, judge }

function judge({ streamPace, header, plan }: Evidence): Verdict {
  if (streamPace === undefined) {
    const claim = `the run is a ${plan.profile}’s, and this is asked of Streams`
    return unknown(NAMED, claim, 'Ask it of a run with profile: stream.')
  }
  const { requests, busiestCount, busiestFromS } = streamPace
  if (busiestFromS === null) return unknown(NAMED, 'no request is on record', 'Send something.')
  const { declaredPerSecond } = header.asks
  const limit = declaredPerSecond ?? PER_SECOND_MAX
  const asked = declaredPerSecond === undefined ? 'Segment’s' : 'the declared'
  const facts = factsOf(streamPace, limit)
  const of = `of ${counted(requests, 'request')}, the most within a second were ${countText(busiestCount)}`
  if (busiestCount <= limit) {
    return passed(NAMED, `${of}: within ${asked} ${countText(limit)}, retries included`, facts)
  }
  return failed(
    NAMED,
    `${of}, from ${busiestFromS.toFixed(2)} s on: more than ${asked} ${countText(limit)}`,
    facts,
    `Send at most ${countText(limit)} requests in any second, batches and retries counted alike: ceiling: ${limit}/s here, or larger batches.`,
  )
}

function factsOf({ requests, retries, busiestCount, busiestFromS }: StreamPace, limit: number): Verdict['evidence'] {
  return { limitPerSecond: limit, requests, retries, busiestCount, busiestFromS }
}
