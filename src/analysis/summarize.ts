import type { Recorded } from './recorded.ts'
import type { RunFacts } from './run-facts.ts'
import { RunTally } from './run-tally.ts'

/** Folds all ledger files of a run, each read once. Memory grows with deliveries (9 bytes each in most runs), not with attempts. */
export function summarize(recorded: Recorded): RunFacts {
  const tally = new RunTally(recorded)
  for (const part of recorded.parts) tally.read(part)
  return tally.facts()
}
