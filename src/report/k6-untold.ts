import type { Counts, Report } from '../model/report.ts'
import type { Asks } from '../model/run-header.ts'

const NO_RECORD = 'k6 by itself keeps no record of each delivery; squall run --engine k6 does'

/** Of what a summary of k6 says nothing, and why: the verdicts that were asked for, then the parts of the result. */
export function untoldByK6(
  { verdicts, skipped }: Pick<Asks, 'verdicts' | 'skipped'>,
  counts: Counts,
): Report['notTested'] {
  const left = Object.entries(skipped).map(([id, reason]) => ({ id, reason }))
  const parts: readonly (readonly [id: string, reason: string])[] = [
    ['counts', 'k6 starts up to three iterations more or less than its rate says, and counts only those that ended'],
    ['counts.notSent', droppedText(counts.notSent)],
    ['retries', 'k6 sends each event once: what fails is not tried again'],
    ['latencyMs.fromDue', 'k6 has no due moments; what it drops stands in no latency'],
    ['latencyMs.fromSend', 'percentiles are as k6 interpolates them, for the whole run; there is no histogram'],
    ['latencyMs.toAcceptance', 'k6 has no due moments'],
    ['latencyMs.connect', 'k6 counts connections that were used again as 0 ms'],
    ['statuses', "k6's summary does not say which statuses came; classes does"],
    ['series', 'k6 keeps no course of the run; its outputs and its web dashboard show one'],
    ['recovery', 'it would need the course of the run'],
    ['connections', "k6's summary says nothing of them"],
    ['run.engine.version', "k6's summary does not say it"],
  ]
  const asked = verdicts.map((id) => ({ id, reason: NO_RECORD }))
  return [...asked, ...left, ...parts.map(([id, reason]) => ({ id, reason }))]
}

function droppedText(notSent: number): string {
  if (notSent === 0) return 'k6 dropped nothing'
  return `k6 dropped ${notSent} events, for which no VU was free: they were never sent, and no latency tells of them`
}
