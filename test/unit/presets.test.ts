import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { copyCountsOf, scheduleOf } from '../../generators/schedule/schedule.ts'
import { loadScenario, presetNames } from '../../src/adapters/scenario-file.ts'
import { flawNamesBy } from '../../src/model/flaws.ts'
import { parseFault } from '../../src/partner/faults/parse-fault.ts'
import { parseScenario, scenarioJsonSchema } from '../../src/scenario/parse.ts'
import { type Resolution, resolve } from '../../src/scenario/resolve.ts'
import { DEFAULT_VERDICTS, STREAM_VERDICTS } from '../../src/scenario/verdicts.ts'

test('the presets are those that the manual names', () => {
  expect(presetNames()).toEqual([
    'customers',
    'deletes',
    'demo',
    'duplicates',
    'invalid',
    'key-expiry',
    'keys',
    'live',
    'lost-answers',
    'orders',
    'outage',
    'overload',
    'replay-beside-live',
    'replay-burst',
    'shuffled',
    'signatures',
    'smoke',
    'spike',
    'stream-backfill',
    'stream-batch',
    'stream-live',
    'tolerance',
  ])
})

describe.each(presetNames())('%s', (name) => {
  test('is called as its file is, says what it shows, and asks for the usual verdicts at least', async () => {
    const { scenario } = await loadScenario(name, parseScenario)
    expect(scenario.name).toBe(name)
    expect(scenario.about).toMatch(/\.$/)
    const { asks, plan } = await preset(name)
    const usual = plan.stream ? STREAM_VERDICTS : DEFAULT_VERDICTS
    expect(asks.verdicts).toEqual(expect.arrayContaining([...usual]))
  })

  test('offers its last delivery within about half a minute', async () => {
    const { plan } = await preset(name)
    expect(Math.max(...plan.phases.map(({ startMs, durationMs }) => startMs + durationMs))).toBeLessThanOrEqual(30_000)
    expect(scheduleOf(plan).endMs).toBeLessThan(35_000)
  })

  test('names faults that the embedded partner knows', async () => {
    for (const fault of (await preset(name)).partner.faults) expect(() => parseFault(fault)).not.toThrow()
  })

  test('is valid by the JSON Schema', async () => {
    const { source } = await loadScenario(name, parseScenario)
    const valid = new Ajv2020({ strict: false }).compile(scenarioJsonSchema())
    expect(valid(parse(readFileSync(source, 'utf8')))).toBe(true)
    expect(valid({ name, phases: [{ name: 'live', rat: '1/s' }] })).toBe(false)
  })
})

describe('what a preset is for is in it', () => {
  test('smoke: some 25 events, a few of them twice', async () => {
    const { first, duplicate, replay } = copyCountsOf((await preset('smoke')).plan)
    expect({ first, replay }).toEqual({ first: 25, replay: 0 })
    expect(duplicate).toBeGreaterThan(0)
  })

  test('duplicates: some copies lag and some race', async () => {
    expect((await preset('duplicates')).plan.phases[0]!.copies).toMatchObject({
      duplicateShare: 0.05,
      racingShare: 0.02,
    })
  })

  test('shuffled: a window of seconds', async () => {
    expect((await preset('shuffled')).plan.phases[0]!.shuffleMs).toBe(5000)
  })

  test('tolerance and invalid: every flaw, in events that are accepted, refused or either', async () => {
    const [live] = (await preset('tolerance')).plan.phases
    expect(live).toMatchObject({ expects: 'accepted', flaws: { names: flawNamesBy('accepted') } })
    const [, malformed, oversized] = (await preset('invalid')).plan.phases
    expect(malformed).toMatchObject({ expects: 'refused', flaws: { names: flawNamesBy('refused'), share: 1 } })
    expect(oversized).toMatchObject({ expects: 'either', flaws: { names: flawNamesBy('either'), share: 1 } })
  })

  test('replay-burst: 400 days of history and messages of the live phase, while live traffic goes on', async () => {
    const [live, history] = (await preset('replay-burst')).plan.phases
    expect(history).toMatchObject({ envelope: 'replay', historyMs: 400 * 86_400_000 })
    expect(history!.again.count).toBeGreaterThan(1000)
    expect(history!.startMs).toBeGreaterThan(live!.startMs)
    expect(history!.startMs + history!.durationMs).toBeLessThan(live!.startMs + live!.durationMs)
  })

  test('outage: retries that reach beyond it', async () => {
    const { plan, partner } = await preset('outage')
    expect(partner.faults).toEqual(['status:503@8s-14s'])
    // All delays together at their shortest, for a delivery that fails from the beginning of the outage on.
    const delaysMs = plan.retry.firstDelayMs * (2 ** plan.retry.retriesMax - 1) * (1 - plan.retry.jitter)
    expect(delaysMs / plan.retry.timeScale).toBeGreaterThan(6000)
  })

  test('the streams: single calls, batches of 500, and a year of history in long batches', async () => {
    const [live, batch, backfill] = await Promise.all(['stream-live', 'stream-batch', 'stream-backfill'].map(preset))
    expect(live!.plan.stream?.endpoint).toBe('single')
    expect([batch!.plan.stream?.endpoint, batch!.plan.delivery.batchSize]).toEqual(['batch', 500])
    expect(backfill!.plan.delivery.batchSize).toBe(800)
    expect(backfill!.plan.phases[0]).toMatchObject({ historyMs: 365 * 86_400_000 })
    for (const { plan } of [live!, batch!, backfill!]) expect(plan.delivery.attemptsPerSecondMax).toBe(50)
  })

  test('demo: duplicates, races and shuffles, then a burst of history three times as fast', async () => {
    const { phases } = (await preset('demo')).plan
    expect(phases.map(({ name, envelope }) => [name, envelope])).toEqual([
      ['live', 'live'],
      ['history', 'replay'],
    ])
    expect(phases[0]!.copies.duplicateShare * phases[0]!.copies.racingShare * phases[0]!.shuffleMs).toBeGreaterThan(0)
    expect(phases[1]!.pace.pieces[0]!.fromPerSecond).toBe(900)
  })
})

async function preset(name: string): Promise<Resolution> {
  const { scenario } = await loadScenario(name, parseScenario)
  return resolve(scenario, { version: '1', corpusDigest: '' })
}
