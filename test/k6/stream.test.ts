import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { makeCorpus } from '../../generators/corpus.ts'
import { trafficOf } from '../../generators/message.ts'
import { deliveriesOf } from '../../generators/schedule/deliveries-of.ts'
import { startStream } from '../../src/adapters/endpoints/start-stream.ts'
import { systemClock } from '../../src/adapters/system-world.ts'
import { carriedEvents } from '../../src/delivery/carried-events.ts'
import { withLastField } from '../../src/delivery/json-object.ts'
import type { Delivery } from '../../src/model/delivery.ts'
import type { Traffic } from '../../src/model/message.ts'
import type { Plan } from '../../src/model/plan.ts'
import type { Report } from '../../src/model/report.ts'
import type { StreamPlan } from '../../src/model/stream.ts'
import { exchange } from '../support/exchange.ts'
import { k6Program } from '../support/k6-program.ts'
import { type K6Run, k6Plan, k6Run } from '../support/k6-run.ts'
import { resultIn } from '../support/killed-run.ts'
import { livePhase, testHeader, testPlan } from '../support/plans.ts'
import { squall } from '../support/run-program.ts'
import { streamTestPlan } from '../support/stream-plans.ts'

/** What one request was like, its body as it is without compression. */
interface Taken {
  readonly path: string
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: string
}

const CREDENTIALS = { apiKey: '', writeKey: 'write key', headers: [] }
const text = new TextDecoder('utf-8', { fatal: true })
const folder = mkdtempSync(join(tmpdir(), 'squall-k6-stream-'))
const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function api(statusOf: (taken: Taken) => number): Promise<{ readonly url: string; readonly taken: Taken[] }> {
  const taken: Taken[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const { headers, url: path = '' } = request
      const sent = Buffer.concat(chunks)
      const body = text.decode(headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent)
      taken.push({ path, headers, body })
      response.writeHead(statusOf({ path, headers, body })).end('{"success":true}')
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, taken }
}

/** A Stream's run under k6, and what an auditor says that it must have sent. */
interface Played {
  readonly plan: Plan
  readonly run: K6Run
  readonly taken: readonly Taken[]
  readonly traffic: Traffic
  readonly deliveries: readonly Delivery[]
  readonly startedAtMs: number
}

async function played(
  changes: Partial<Plan>,
  stream: Partial<StreamPlan>,
  { at = '', statusOf = () => 200 }: { readonly at?: string; readonly statusOf?: (taken: Taken) => number } = {},
): Promise<Played> {
  const { generator: _, ...asked } = streamTestPlan(changes, stream)
  const plan = k6Plan(asked)
  const startedAtMs = systemClock.wallMs()
  const traffic = trafficOf(makeCorpus(1, plan.traffic.people), plan, testHeader(plan, { startedAtMs }))
  const schedule = deliveriesOf(plan, traffic)
  const deliveries = Array.from({ length: plan.lanes }, (_, lane) => schedule.lane(lane)).flatMap((cursor) => {
    const all: Delivery[] = []
    while (cursor.peekDueMs() < Number.POSITIVE_INFINITY) all.push(cursor.next())
    return all
  })
  const { url, taken } = await api(statusOf)
  const assignment = { credentials: CREDENTIALS }
  const run = await k6Run(url + at, { script: 'stream', plan: asked, header: { startedAtMs }, assignment })
  return { plan, run, taken, traffic, deliveries, startedAtMs }
}

const batches = (size: number): Partial<Plan> => ({
  lanes: 4,
  phases: [livePhase(600, 1500)],
  delivery: { ...testPlan().delivery, batchSize: size },
})

describe('a Stream by k6', () => {
  test('sends the batches that Node would, to the byte, cut where they would be too long, and compressed if asked', async () => {
    const { run, taken, plan, traffic, deliveries, startedAtMs } = await played(
      batches(20),
      { gzip: true, batchBytesMax: 6000 },
      { at: '/through?to=segment' },
    )
    expect(run).toMatchObject({ code: 0, ended: true })
    expect(deliveries.length).toBeGreaterThan(40)
    const expected = deliveries.map((delivery) => {
      const events = carriedEvents(delivery, plan, traffic).map((bytes) => text.decode(bytes))
      return `{"batch":[${events.join(',')}]`
    })
    const SENT_AT = /,"sentAt":"([^"]+)"\}$/
    expect(taken.map(({ body }) => body.replace(SENT_AT, '')).sort()).toEqual(expected.sort())
    for (const { path, headers, body } of taken) {
      expect(path).toBe('/through/v1/batch?to=segment')
      expect(headers).toMatchObject({
        authorization: `Basic ${Buffer.from('write key:').toString('base64')}`,
        'content-encoding': 'gzip',
        'content-type': 'application/json',
        'user-agent': 'a-tool/1.0.0',
      })
      const sentAtMs = Date.parse(SENT_AT.exec(body)![1]!)
      expect(sentAtMs).toBeGreaterThanOrEqual(startedAtMs)
      expect(sentAtMs).toBeLessThanOrEqual(systemClock.wallMs())
    }
  })

  test('sends single events to the path of their call, with the key in the body if asked', async () => {
    const { taken, deliveries, traffic } = await played(
      { phases: [livePhase(300, 600)] },
      { endpoint: 'single', paths: 'short', auth: 'body' },
    )
    const expected = deliveries.map(({ index }) => {
      const { type, bytes } = traffic.messageAt(index, 'live')
      return `/v1/${type.charAt(0)} ${text.decode(withLastField(bytes, '"writeKey":"write key"'))}`
    })
    expect(taken.map(({ path, body }) => `${path} ${body}`).sort()).toEqual(expected.sort())
    expect(new Set(taken.map(({ path }) => path)).size).toBe(6)
    expect(taken.filter(({ headers }) => headers.authorization !== undefined)).toEqual([])
  })

  test('says of a retry which one it is and when it leaves', async () => {
    const seen = new Set<string>()
    const firstOf = ({ body }: Taken): string => JSON.parse(body).batch[0].messageId
    const statusOf = (taken: Taken): number => {
      const isNew = !seen.has(firstOf(taken))
      seen.add(firstOf(taken))
      return isNew ? 503 : 200
    }
    const retry = { ...testPlan().retry, firstDelayMs: 50, countHeader: 'X-Retry-Count' }
    const { taken, deliveries } = await played({ ...batches(50), retry }, {}, { statusOf })
    const [first, again] = [undefined, '1'].map((count) =>
      taken.filter((one) => one.headers['x-retry-count'] === count),
    )
    expect([first!.length, again!.length]).toEqual([deliveries.length, deliveries.length])
    const sentAt = ({ body }: Taken): number => Date.parse(JSON.parse(body).sentAt)
    for (const one of again!) {
      const before = first!.find((other) => firstOf(other) === firstOf(one))!
      expect(sentAt(one)).toBeGreaterThan(sentAt(before))
    }
  })

  test('is no subscription: each plan has its script', async () => {
    const wrong = await k6Run('http://127.0.0.1:9/', { script: 'stream' })
    expect(wrong).toMatchObject({ head: undefined, log: expect.stringContaining('profile subscription') })
  })
})

const SCENARIO = `name: stream-agree
profile: stream
phases:
  - { name: live, rate: 600/s, events: 600, duplicates: 5%, lag: 200ms }
batch: 20
timeScale: 100
settle: 1s
`

/** Plays it against an embedded API of its own, which is in trouble now and then. */
async function playedBy(
  engine: string,
  scenario: string,
): Promise<{ readonly report: Report; readonly ids: string[] }> {
  const stream = await startStream({
    port: 0,
    store: 'memory',
    faults: ['status:503 20%'],
    seed: 1,
    overRate: 'delay',
    dedupeMs: 86_400_000,
    region: 'us',
    writeKeys: [{ place: 'env:SQUALL_TEST_WRITE_KEY' }],
    lint: () => [],
  })
  closing.push(() => stream.close())
  const out = join(folder, engine)
  const source = (path: string): string => new URL(path, stream.url).href
  const where = ['--target', stream.url, '--receipts', source('receipts'), '--discards', source('discards')]
  const how = ['--engine', engine, '--run-id', 'agree', '--write-key', 'env:SQUALL_TEST_WRITE_KEY', '--no-warm']
  const env = { K6_BIN: await k6Program(), SQUALL_TEST_WRITE_KEY: 'write key' }
  await squall(['run', scenario, ...where, ...how, '--out', out, '--quiet'], env)
  const { body } = await exchange(source('receipts'))
  const ids = body.split('\n').flatMap((line) => (line === '' ? [] : [String(JSON.parse(line).messageId)]))
  return { report: resultIn(out), ids: ids.sort() }
}

test('one Stream, two engines: the same messageIds, counts and verdicts, through duplicates and a server in trouble', async () => {
  process.env.SQUALL_TEST_WRITE_KEY = 'write key'
  const scenario = join(folder, 'stream-agree.yaml')
  writeFileSync(scenario, SCENARIO)
  const [node, k6] = await Promise.all([playedBy('node', scenario), playedBy('k6', scenario)])
  expect(node!.ids).toHaveLength(600)
  expect(k6!.ids).toEqual(node!.ids)
  expect(k6!.report.counts).toEqual(node!.report.counts)
  expect(k6!.report.run.planHash).toBe(node!.report.run.planHash)
  const verdicts = ({ report }: { readonly report: Report }): string[] =>
    report.verdicts.map(({ id, status }) => `${id}: ${status}`)
  expect(verdicts(k6!)).toEqual(verdicts(node!))
  expect(k6!.report.statuses['503']).toBeGreaterThan(0)
}, 180_000)

test('a bundle for several machines has the Stream’s script, and no write key but its place', async () => {
  const { url } = await api(() => 200)
  const [scenario, bundle] = [join(folder, 'shared.yaml'), join(folder, 'bundle')]
  writeFileSync(scenario, `${SCENARIO}lanes: 4\n`)
  const flags = ['--target', url, '--write-key', 'env:SQUALL_TEST_WRITE_KEY', '-o', bundle]
  const env = { SQUALL_TEST_WRITE_KEY: 'a key that nobody may see' }
  expect(await squall(['k6', 'export', scenario, '--runners', '2', ...flags], env)).toMatchObject({ code: 0 })
  const files = Object.fromEntries(readdirSync(bundle).map((name) => [name, readFileSync(join(bundle, name), 'utf8')]))
  expect(Object.keys(files).toSorted()).toEqual([
    ...['README.md', 'assignment.json', 'make-corpus.mjs', 'stream.js', 'test-run.yaml'],
  ])
  expect(files['test-run.yaml']).toContain('file: stream.js')
  expect(files['test-run.yaml']).toContain('key: SQUALL_TEST_WRITE_KEY')
  expect(Object.values(files).join('\n')).not.toContain(env.SQUALL_TEST_WRITE_KEY)
})
