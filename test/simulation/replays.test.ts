import { describe, expect, test } from 'vitest'
import { systemDigest } from '../../src/adapters/system-world.ts'
import { replayedRun } from '../../src/judge.ts'
import { type Prepared, prepareReplay } from '../../src/run.ts'
import { mixedTraffic } from '../support/rehearsals.ts'
import { ReplayRehearsal } from '../support/replay-rehearsal.ts'

const replay: Prepared = {
  ...mixedTraffic,
  ...prepareReplay(mixedTraffic.plan, mixedTraffic.corpus, { perSecond: 400, shuffleMs: 200 }, systemDigest),
}

async function replayed(faults: readonly string[], sameReceiver = true): Promise<ReplayRehearsal> {
  const world = new ReplayRehearsal(mixedTraffic, faults)
  const earlier = await world.play(mixedTraffic)
  await world.play(replay, replayedRun(earlier, sameReceiver))
  return world
}

describe('a replay', () => {
  test('sends each message of the earlier run once, under its own id and with its own event time', async () => {
    const { sent } = await replayed([])
    const [first, again] = [sent[0]!, sent[1]!]
    expect([...again.keys()].sort()).toEqual([...first.keys()].sort())
    expect([...again.values()].every(({ count }) => count === 1)).toBe(true)
    for (const [id, { timestamp }] of again) expect(timestamp).toBe(first.get(id)!.timestamp)
  })

  test('leaves a sound partner with six passes: what was there is there once', async () => {
    const { report } = (await replayed([])).judgements[1]!
    expect(report.verdicts.map(({ status }) => status)).toEqual(report.verdicts.map(() => 'pass'))
    expect(report.counts).toMatchObject({ planned: 316, acked: 316, copies: { first: 0, duplicate: 0, replay: 316 } })
    expect(report.verdicts.find(({ id }) => id === 'idempotent')!.claim).toContain('316 repeated copies')
  })

  test('catches a partner that stores everything twice', async () => {
    const { report } = (await replayed(['no-dedupe'])).judgements[1]!
    expect(report.verdicts.find(({ id }) => id === 'idempotent')).toMatchObject({ status: 'fail' })
  })

  test('to another receiver claims nothing about what that one had seen', async () => {
    const { report } = (await replayed([], false)).judgements[1]!
    expect(report.verdicts.find(({ id }) => id === 'idempotent')).toMatchObject({ status: 'unknown' })
  })
})
