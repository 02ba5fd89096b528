import type { LedgerHead } from '../../src/ledger/ledger-head.ts'
import { headLine, observationLine } from '../../src/ledger/observation-lines.ts'
import { readLedger } from '../../src/ledger/reader.ts'
import { LedgerWriter } from '../../src/ledger/writer.ts'
import type { Observation } from '../../src/model/observation.ts'
import { MemorySink } from './memory-sink.ts'

/** One of the processes that shared a run. */
export interface Share {
  readonly head: LedgerHead
  readonly observations: readonly Observation[]
}

/** A ledger of one process as `count` processes would have left it: each the lanes that leave its number when divided by `count`. */
export function splitLedger(ledger: Iterable<Uint8Array>, count: number): Share[] {
  const observations: Observation[] = []
  const { head } = readLedger(ledger, (observation) => observations.push(observation))
  return Array.from({ length: count }, (_, g) => ({
    head: {
      ...head,
      writer: { id: `k6-${g}`, lanes: head.writer.lanes.filter((lane) => lane % count === g) },
    },
    observations: observations.filter((observation) => isOf(observation, g, count)),
  }))
}

/** What is nobody's in particular is the first's; each says how far it is, and that it has ended. */
function isOf(observation: Observation, g: number, count: number): boolean {
  if ('lane' in observation) return observation.lane % count === g
  return g === 0 || observation.kind === 'watermark' || observation.kind === 'end'
}

export function ledgerOfShare({ head, observations }: Share): Uint8Array {
  const sink = new MemorySink()
  const writer = new LedgerWriter(sink, head)
  for (const observation of observations) writer.record(observation)
  writer.close()
  return sink.bytes()
}

export function linesOfShare({ head, observations }: Share): Uint8Array {
  const lines = [headLine(head), ...observations.map(observationLine)]
  return new TextEncoder().encode(`${lines.join('\n')}\n`)
}
