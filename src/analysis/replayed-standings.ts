import { BitSet } from '../model/bit-set.ts'
import { messageCount } from '../model/ordinal.ts'
import type { Plan } from '../model/plan.ts'
import type { ReplayedRun, RunHeader } from '../model/run-header.ts'
import { bitsFromText, bitsToText } from './audit-bits.ts'
import type { RunFacts } from './run-facts.ts'

/** What of a replay's messages the earlier run had sent, and what had been acked: fresh sets at each call. Undefined: it is no replay. */
export function replayedStandings(
  plan: Plan,
  { replays }: RunHeader,
): { readonly must: BitSet; readonly may: BitSet } | undefined {
  if (replays === undefined) return undefined
  const size = messageCount(plan)
  return { must: bitsFromText(replays.acked, size), may: bitsFromText(replays.sent, size) }
}

/**
 * What a replay needs to know of the run that it replays.
 * @param sameReceiver the replay goes where that run went
 */
export function replayedRunOf(
  header: RunHeader,
  { standings, endedAtMs }: RunFacts,
  sameReceiver: boolean,
): ReplayedRun {
  const { must, may } = standings
  const origin = header.replays ?? { runId: header.id, startedAtMs: header.startedAtMs }
  const acked = sameReceiver ? must : new BitSet(must.size)
  return {
    runId: origin.runId,
    startedAtMs: origin.startedAtMs,
    endedAtMs: header.startedAtMs + endedAtMs,
    sent: bitsToText(may),
    acked: bitsToText(acked),
  }
}
