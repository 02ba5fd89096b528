import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../src/model/report.ts'
import { countingDoor } from '../support/counting-door.ts'
import { k6Program } from '../support/k6-program.ts'
import { partnerIn, resultIn } from '../support/killed-run.ts'
import { squall } from '../support/run-program.ts'

const folder = mkdtempSync(join(tmpdir(), 'squall-agree-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let k6: string
beforeAll(async () => {
  k6 = await k6Program()
})

const ROUGH = `name: rough
people: 100
phases:
  - { name: live, rate: 150/s, duration: 2s, arrivals: poisson, duplicates: 10%, lag: 200ms, racing: 10%, shuffle: 500ms }
timeScale: 2000
timeout: 2m
drain: 2m
settle: 2s
`

/** The preset's shape, in two seconds. */
const REPLAY = `name: replayed
people: 100
main: live
phases:
  - { name: live, rate: 100/s, duration: 2s, duplicates: 1% }
  - name: history
    at: 500ms
    rate: 400/s
    duration: 1500ms
    shuffle: 200ms
    replay: { history: 400d, again: { phase: live, share: 50% } }
timeScale: 2000
timeout: 2m
drain: 2m
settle: 1s
`

interface EngineRun {
  readonly report: Report
  readonly code: number | null
  /** How often the far side was sent each messageId. */
  readonly counts: ReadonlyMap<string, number>
}

/** Plays a scenario against a partner of its own, with the same run id whatever the engine. */
async function playedBy(engine: string, scenario: string, faults: readonly string[]): Promise<EngineRun> {
  const home = mkdtempSync(join(folder, `${engine}-`))
  const partner = await partnerIn(home, faults)
  const door = await countingDoor(partner.url)
  try {
    const out = join(home, 'run')
    const where = ['--target', door.url, '--receipts', new URL('receipts', partner.url).href, '--out', out]
    const how = ['--engine', engine, '--run-id', 'agree', '--quiet', '--no-warm']
    const { code } = await squall(['run', scenario, ...where, ...how], { K6_BIN: k6 })
    return { report: resultIn(out), code, counts: door.counts }
  } finally {
    await door.close()
    await partner.stop()
  }
}

async function both(name: string, text: string, faults: readonly string[]): Promise<readonly EngineRun[]> {
  const scenario = join(folder, name)
  writeFileSync(scenario, text)
  return Promise.all(['node', 'k6'].map((engine) => playedBy(engine, scenario, faults)))
}

function verdictsOf({ verdicts }: Report): Record<string, string> {
  return Object.fromEntries(verdicts.map(({ id, status }) => [id, status]))
}

/** Some clients put the event's moment before what names run and message, and two runs start at two moments. */
function countsByIndex({ counts }: EngineRun): [string, number][] {
  return [...counts].map(([messageId, count]): [string, number] => [messageId.slice(-36), count]).sort()
}

function expectAgreement([node, k6]: readonly EngineRun[]): void {
  expect(k6!.report.counts).toEqual(node!.report.counts)
  expect(countsByIndex(k6!)).toEqual(countsByIndex(node!))
  expect(verdictsOf(k6!.report)).toEqual(verdictsOf(node!.report))
  expect(k6!.report.run.planHash).toBe(node!.report.run.planHash)
  expect(k6!.code).toBe(node!.code)
}

/** For machines that are busy. */
const PATIENTLY = { timeout: 180_000 }

describe.concurrent('one plan, two engines', PATIENTLY, () => {
  test('copies, races, shuffles and retries: the same messageIds as many times, the same counts and verdicts', async () => {
    const runs = await both('rough.yaml', ROUGH, ['503-first-try'])
    expectAgreement(runs)
    const { report, counts } = runs[1]!
    expect(Object.values(verdictsOf(report))).toEqual(Array.from({ length: 6 }, () => 'pass'))
    expect(report.statuses['503']).toBe(report.counts.messages)
    expect(Math.max(...counts.values())).toBeGreaterThan(2)
  })

  test('a replay of history beside live traffic: what a broken partner loses, both find lost', async () => {
    const runs = await both('replayed.yaml', REPLAY, ['loses(5e-2)'])
    expectAgreement(runs)
    const { report } = runs[1]!
    expect(report.counts.copies.replay).toBeGreaterThan(100)
    expect(verdictsOf(report)['no-loss']).toBe('fail')
  })
})
