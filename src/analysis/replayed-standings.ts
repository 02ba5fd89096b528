import { BitSet } from '../model/bit-set.ts'
import { NAMESPACE_STRIDE } from '../model/message.ts'
import { messageCount, ordinalOf } from '../model/ordinal.ts'
import type { Plan } from '../model/plan.ts'
import { replayedCount } from '../model/replayed-messages.ts'
import type { ReplayedRun, RunHeader } from '../model/run-header.ts'
import { bitsFromText, bitsToText } from './audit-bits.ts'
import type { RunFacts } from './run-facts.ts'

/** What of a replay's messages the earlier run had sent, and what had been acked: fresh sets at each call. Undefined: it is no replay. */
export function replayedStandings(
  plan: Plan,
  { replays }: RunHeader,
): { readonly must: BitSet; readonly may: BitSet } | undefined {
  if (replays === undefined) return undefined
  return { must: replayedBits(plan, replays.acked), may: replayedBits(plan, replays.sent) }
}

/** The earlier run numbered its messages without those that this one adds. */
function replayedBits(plan: Plan, text: string): BitSet {
  const per = replayedCount(plan)
  const earlier = bitsFromText(text, per * plan.traffic.namespaces)
  const bits = new BitSet(messageCount(plan))
  if (bits.size === earlier.size) return earlier
  for (const ordinal of earlier.firstWithout(bits, earlier.size)) {
    const namespace = Math.floor(ordinal / per)
    bits.add(ordinalOf(plan, namespace * NAMESPACE_STRIDE + (ordinal - namespace * per)))
  }
  return bits
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
  const { must, may, erased } = standings
  const origin = header.replays ?? { runId: header.id, startedAtMs: header.startedAtMs }
  const acked = sameReceiver ? withDeletes(must, erased?.deletes) : new BitSet(must.size)
  return {
    runId: origin.runId,
    startedAtMs: origin.startedAtMs,
    endedAtMs: header.startedAtMs + endedAtMs,
    sent: bitsToText(may),
    acked: bitsToText(acked),
  }
}

/** A delete stays in force, although it need not exist. */
function withDeletes(must: BitSet, deletes: BitSet | undefined): BitSet {
  const all = new BitSet(must.size)
  for (let i = 0; i < all.words.length; i++) all.words[i] = (must.words[i] ?? 0) | (deletes?.words[i] ?? 0)
  return all
}
