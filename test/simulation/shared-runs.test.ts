import { describe, expect, test } from 'vitest'
import { systemDigest } from '../../src/adapters/system-world.ts'
import { judge, openRecord } from '../../src/judge.ts'
import { ledgerOfLines } from '../../src/ledger/ledger-of-lines.ts'
import { assertOneRun } from '../../src/ledger/one-run.ts'
import { MemorySink } from '../support/memory-sink.ts'
import { mixedTraffic, rehearsal } from '../support/rehearsals.ts'
import { ledgerOfShare, linesOfShare, splitLedger } from '../support/split-ledger.ts'

const faults = ['503-first-try', 'slow(200ms)', 'loses(0.02)']
const whole = await rehearsal(mixedTraffic, 7, { faults })
const [ledger, audits] = whole.record.files
const shares = splitLedger(ledger!(), 3)
const names = shares.map(({ head }, i) => ({ name: `part ${i}`, head }))

describe('a run that several processes shared', () => {
  test('is, joined, what it would have been in one process: every count, percentile, verdict and row', () => {
    const files = [...shares.map((share) => () => [ledgerOfShare(share)]), audits!]
    const joined = judge(openRecord(files, systemDigest, mixedTraffic.corpus)).report
    expect(joined.counts.acked).toBeGreaterThan(300)
    expect(joined.verdicts.map(({ status }) => status)).toContain('fail')
    expect(joined).toEqual({ ...whole.report, connections: joined.connections })
  })

  test('is the same from the lines that an engine printed', () => {
    for (const share of shares) {
      const sink = new MemorySink()
      const read = ledgerOfLines([linesOfShare(share)], () => sink)
      expect(read).toEqual({ head: share.head, torn: null })
      expect(sink.bytes()).toEqual(ledgerOfShare(share))
    }
  })

  test('is taken when each lane is there once', () => {
    expect(() => assertOneRun(names)).not.toThrow()
  })

  test('is refused when a lane was sent twice, is missing, or the plan, the run, its start or its target is another', () => {
    const [first, second, third] = names
    const header = third!.head.header
    const other = (changes: Partial<typeof header>) => [
      first!,
      second!,
      { name: 'odd', head: { ...third!.head, header: { ...header, ...changes } } },
    ]
    expect(() => assertOneRun([...names, { ...first!, name: 'again' }])).toThrow(/part 0 and again both sent lane 0/)
    expect(() => assertOneRun([first!, third!])).toThrow(/nobody speaks for \d+ of 64 lanes \(1, 4, 7/)
    expect(() => assertOneRun(other({ planHash: 'f00' }))).toThrow(/part 0 and odd are not one run: their plans/)
    expect(() => assertOneRun(other({ id: 'other' }))).toThrow(/they are the runs seed-7 and other/)
    expect(() => assertOneRun(other({ startedAtMs: 5 }))).toThrow(/they started at/)
    expect(() => assertOneRun(other({ target: { url: 'http://127.0.0.1:1/' } }))).toThrow(/they went to/)
    expect(() => assertOneRun([])).toThrow(/no part/)
  })
})
