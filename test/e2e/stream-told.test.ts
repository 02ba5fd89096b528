import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type RunningStream, type StreamServerOptions, startStream } from '../../src/adapters/endpoints/start-stream.ts'
import type { Report } from '../../src/model/report.ts'
import { squall } from '../support/run-program.ts'

const folder = mkdtempSync(join(tmpdir(), 'squall-told-'))
const keys = { KEY: 'the-key-of-the-source', NEXT: 'the-key-that-follows' }
const place = (name: string) => `file:${join(folder, name)}`
const open: RunningStream[] = []
let runs = 0

beforeAll(() => {
  for (const [name, key] of Object.entries(keys)) writeFileSync(join(folder, name), key)
})
afterEach(async () => {
  for (const stream of open.splice(0)) await stream.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A run as its user has it: against an API of his own, whose receipts and discards he names. */
async function told(api: Partial<StreamServerOptions>, scenario: string): Promise<Report & { readonly code: number }> {
  const own = {
    port: 0,
    store: 'memory',
    faults: [],
    seed: 1,
    overRate: 'delay',
    dedupeMs: 60_000,
    region: 'us',
  } as const
  const stream = await startStream({ ...own, writeKeys: [{ place: place('KEY') }], lint: () => [], ...api })
  open.push(stream)
  const name = join(folder, `${++runs}`)
  writeFileSync(`${name}.yaml`, `name: told\nprofile: stream\npeople: 30\nsettle: 300ms\ntimeScale: 60\n${scenario}`)
  const sources = ['--receipts', `${stream.url}receipts`, '--discards', `${stream.url}discards`]
  const flags = ['--target', stream.url, '--write-key', place('KEY'), ...sources, '--no-warm', '--quiet', '--out', name]
  const { code, stderr } = await squall(['run', `${name}.yaml`, ...flags])
  expect(stderr).toBe('')
  return { ...JSON.parse(readFileSync(join(name, 'result.json'), 'utf8')), code: code ?? -1 }
}

const verdictOf = ({ verdicts }: Report, id: string) => verdicts.find((verdict) => verdict.id === id)!
const live = (more = '') => `phases: [{name: live, rate: 25/s, duration: 1500ms${more}}]\n`

describe('a Stream’s run tells of its own accord', () => {
  it('that the write key was regenerated while it went on', async () => {
    const report = await told({ regenerated: { place: place('NEXT'), afterMs: 700 } }, live())
    expect(verdictOf(report, 'stream-discards')).toMatchObject({
      status: 'fail',
      claim: expect.stringContaining('unknown_source'),
      fix: expect.stringContaining('regenerated'),
    })
    const { expected, found, discarded = 0, lost } = report.audit
    expect(found).toBeGreaterThan(0)
    expect(expected).toBe(found! + discarded + lost!)
  })

  it('which events were too large to be sent, and that one is refused where it is sent on purpose', async () => {
    const small = '  - {name: live, rate: 25/s, duration: 1s, flaws: {names: [oversized], share: 20%}, duplicates: 40%}'
    const large = '  - {name: large, rate: 10/s, duration: 1s, expects: either, flaws: {names: [oversized]}}'
    const report = await told({}, `phases:\n${small}\n${large}\n`)
    expect(report.notes.map(({ text }) => text).join()).toMatch(/left out, longer than the 32768 bytes/)
    expect(report.statuses).toMatchObject({ 400: 10 })
    expect(report.verdicts.filter(({ status }) => status !== 'pass')).toEqual([])
    expect(report.code).toBe(0)
  })

  it('nothing, where 503, 429 and lost answers were got over', async () => {
    const faults = ['503-first-try 20%', 'status:429,retry-after=1 10%', 'lost-answer-stored 10%']
    const report = await told({ faults }, live(', duplicates: 20%'))
    expect(report.verdicts.filter(({ status }) => status !== 'pass')).toEqual([])
    expect([report.audit.lost, report.audit.discarded]).toEqual([0, 0])
    expect(report.statuses).toMatchObject({ 429: expect.any(Number), 503: expect.any(Number) })
  })
})
