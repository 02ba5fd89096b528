import { describe, expect, test } from 'vitest'
import { systemDigest } from '../../src/adapters/system-world.ts'
import { type Judgement, replayedRun } from '../../src/judge.ts'
import { type Prepared, prepareReplay } from '../../src/run.ts'
import { CrashRehearsal } from '../support/crash-rehearsal.ts'
import { mixedTraffic, readied } from '../support/rehearsals.ts'
import { ReplayRehearsal } from '../support/replay-rehearsal.ts'

const PACE = { perSecond: 400, shuffleMs: 200, livePerSecond: 150 }
/** By then the earlier run is over. */
const LATER_MS = 60_000
const REPLAYED = 316
const LIVE = 118

const withLive = replayOf(mixedTraffic)

function replayOf(prepared: Prepared): Prepared {
  return { ...prepared, ...prepareReplay(prepared.plan, prepared.corpus, PACE, systemDigest) }
}

/** The earlier run, and then so many replays of it, each with live traffic. */
async function replayed(faults: readonly string[], replays = 1, prepared = mixedTraffic): Promise<ReplayRehearsal> {
  const world = new ReplayRehearsal(prepared, faults)
  const earlier = await world.play(prepared)
  world.rest(LATER_MS)
  for (let i = 0; i < replays; i++) await world.play(replayOf(prepared), replayedRun(earlier, true))
  return world
}

function statusOf({ report }: Judgement, id: string): string | undefined {
  return report.verdicts.find((verdict) => verdict.id === id)?.status
}

describe('a replay on top of live traffic', () => {
  test('sends what was sent before as replay copies, and new messages with ids of their own as first ones', async () => {
    const { sent, judgements } = await replayed([])
    const [first, again] = [sent[0]!, sent[1]!]
    const fresh = [...again.keys()].filter((id) => !first.has(id))
    expect([...first.keys()].every((id) => again.get(id)?.timestamp === first.get(id)!.timestamp)).toBe(true)
    expect(fresh.length).toBe(LIVE)
    const { counts, phases } = judgements[1]!.report
    expect(counts).toMatchObject({ messages: REPLAYED + LIVE, copies: { first: LIVE, duplicate: 0, replay: REPLAYED } })
    expect(phases.map(({ name, counts: { acked } }) => [name, acked])).toEqual([
      ['replay', REPLAYED],
      ['live', LIVE],
    ])
  })

  test('happens now where it is live, but for people who were offline', async () => {
    const { sent } = await replayed([])
    const fresh = [...sent[1]!].filter(([id]) => !sent[0]!.has(id)).map(([, { timestamp }]) => timestamp)
    const before = [...sent[0]!.values()].map(({ timestamp }) => timestamp)
    expect(fresh.toSorted()[LIVE / 2]! > before.toSorted().at(-1)!).toBe(true)
  })

  test('leaves a sound partner with passes for both', async () => {
    const { report } = (await replayed([])).judgements[1]!
    expect(report.verdicts.map(({ status }) => status)).toEqual(report.verdicts.map(() => 'pass'))
    expect(report.audit).toMatchObject({ expected: REPLAYED + LIVE, found: REPLAYED + LIVE, phantom: 0 })
    expect(report.verdicts.find(({ id }) => id === 'idempotent')!.claim).toContain(`${REPLAYED} repeated copies`)
  })

  test('can be played again: nobody takes the second one’s new messages for the first one’s', async () => {
    const { judgements } = await replayed([], 2)
    for (const { report } of judgements.slice(1)) {
      expect(report.verdicts.map(({ status }) => status)).toEqual(report.verdicts.map(() => 'pass'))
    }
  })

  test('catches a partner that loses live messages while it is replayed to', async () => {
    const { judgements } = await replayed([`loses(20%)@${LATER_MS}ms-1h`])
    expect(statusOf(judgements[0]!, 'no-loss')).toBe('pass')
    const { report, facts } = judgements[1]!
    expect(statusOf(judgements[1]!, 'no-loss')).toBe('fail')
    expect(report.audit.lost).toBeGreaterThan(0)
    expect(facts.findings!.foundCount).toBe(REPLAYED + LIVE - report.audit.lost!)
  })

  test('catches a partner that makes up, doubles or misdates what is new', async () => {
    const caught = { invents: 'no-phantom', 'no-dedupe': 'idempotent', 'trusts-sent-at': 'event-time' }
    for (const [fault, verdict] of Object.entries(caught)) {
      const share = fault === 'invents' ? ' 50%' : ''
      const { judgements } = await replayed([`${fault}@${LATER_MS}ms-1h${share}`])
      expect(
        judgements.map((judgement) => statusOf(judgement, verdict)),
        fault,
      ).toEqual(['pass', 'fail'])
    }
  })

  test('keeps each message in its place where the earlier run had several namespaces', async () => {
    const phases = [{ name: 'live', rate: '300/s', duration: '1s', shuffle: '200ms' }]
    const several = readied({ settle: '1s', namespaces: 3, phases })
    const { report } = (await replayed([], 1, several)).judgements[1]!
    expect(report.verdicts.map(({ status }) => status)).toEqual(report.verdicts.map(() => 'pass'))
    expect(report.counts.copies).toMatchObject({ first: 111, replay: 300 })
  })
})

test('a replay on top of live traffic that was cut off goes on where it was', async () => {
  const earlier = await new ReplayRehearsal(mixedTraffic, []).play(mixedTraffic)
  const world = new CrashRehearsal(withLive, 1, [], replayedRun(earlier, false))
  await world.play({ afterMs: 400 })
  expect(world.misclassified((await world.judged()).facts)).toEqual([])
  await world.play(undefined, world.resumption()!)
  const { report, facts } = await world.judged()
  expect(world.misclassified(facts)).toEqual([])
  expect(report.counts).toMatchObject({ acked: REPLAYED + LIVE, notSent: 0, messages: REPLAYED + LIVE })
  expect(report.audit).toMatchObject({ lost: 0, phantom: 0, duplicated: 0, altered: 0, misdated: 0 })
})

test('beside a replay that is over at once there is no live traffic', () => {
  expect(
    prepareReplay(mixedTraffic.plan, mixedTraffic.corpus, { ...PACE, livePerSecond: 0.1 }, systemDigest).plan.phases,
  ).toHaveLength(1)
  expect(withLive.plan.phases).toHaveLength(2)
})
