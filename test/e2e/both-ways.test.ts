import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/model/report.ts'
import { realRun } from '../support/real-run.ts'
import { readied, rehearsal } from '../support/rehearsals.ts'

/** Live traffic with copies of every kind, and history that comes beside it, within half a second. */
const prepared = readied({
  settle: '400ms',
  phases: [
    { name: 'live', rate: '400/s', duration: '400ms', duplicates: '15%', lag: '150ms', racing: '15%', shuffle: '50ms' },
    {
      name: 'history',
      at: '200ms',
      rate: '400/s',
      duration: '300ms',
      replay: { history: '400d', again: { phase: 'live', share: '30%' } },
    },
  ],
})
const SEED = prepared.plan.seed

const BROKEN = [
  ['no-loss', 'loses(5e-2)'],
  ['no-loss', 'loses-in-burst(10/s)'],
  ['no-loss', 'loses-last-batch'],
  ['no-loss', 'dedupes-by-content'],
  ['no-loss', 'says-200-on-error 20%'],
  ['no-phantom', 'invents 10%'],
  ['idempotent', 'no-dedupe'],
  ['idempotent', 'dedupe-race'],
  ['idempotent', 'short-dedupe-window(50ms)'],
  ['idempotent', 'dedupes-by-body'],
  ['idempotent', 'stores-on-5xx'],
  ['idempotent', 'stores-on-retry'],
  ['idempotent', 'rejects-duplicates'],
  ['unaltered', 'truncates'],
  ['unaltered', 'mangles-unicode'],
  ['unaltered', 'rounds-numbers'],
  ['event-time', 'replay-as-now'],
  ['event-time', 'clamps-old(30d)'],
  ['event-time', 'trusts-sent-at'],
  ['accepts-valid', 'rejects-old(30d)'],
] as const

const SOUND = [
  'status:503 5%',
  'delay:exp(5ms)',
  'reset 5%',
  'reset-after-store 5%',
  'answers-204',
  '503-first-try',
  'lost-answer-stored',
  'lost-answer-not-stored',
  'slow(100ms)',
  'closes-always',
  'http-1.0',
  'early-hints',
  'odd-reasons',
  'slow-body(100ms)',
  'malformed 5%',
  'unordered-receipts',
  'visible-late(100ms)',
] as const

describe.concurrent('rehearsed and for real, a partner that', () => {
  it.each(BROKEN)('fails %s by %s', async (verdict, fault) => {
    const { simulated, real } = await bothWays(fault)
    expect([statusOf(simulated, verdict), statusOf(real, verdict)]).toEqual(['fail', 'fail'])
  })

  it.each(SOUND)('is sound though it shows %s', async (fault) => {
    const { simulated, real } = await bothWays(fault)
    const all = simulated.verdicts.map(({ id }) => [id, 'pass'])
    for (const report of [simulated, real]) expect(report.verdicts.map(({ id, status }) => [id, status])).toEqual(all)
  })
})

async function bothWays(fault: string): Promise<{ readonly simulated: Report; readonly real: Report }> {
  const { report } = await rehearsal(prepared, SEED, { faults: [fault] })
  return { simulated: report, real: await realRun(prepared, `seed-${SEED}`, [fault], SEED) }
}

function statusOf({ verdicts }: Report, id: string): string | undefined {
  return verdicts.find((verdict) => verdict.id === id)?.status
}
