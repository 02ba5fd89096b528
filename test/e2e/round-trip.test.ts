import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import {
  type PartnerServerOptions,
  type RunningPartner,
  startPartner,
} from '../../src/adapters/endpoints/partner-server.ts'
import { startStream } from '../../src/adapters/endpoints/start-stream.ts'
import type { ParsedEvent } from '../support/events.ts'
import { exchange, linesOf } from '../support/exchange.ts'
import { type FakeTrackingApi, type Fare, fakeTrackingApi } from '../support/fake-tracking-api.ts'
import { eventOf } from '../support/partner-traffic.ts'
import { squall } from '../support/run-program.ts'

process.env.SQUALL_TEST_WRITE_KEY = 'write key'
const KEY = 'env:SQUALL_TEST_WRITE_KEY'
const CLI = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'squall-round-trip-'))
const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((thing) => thing.close()))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Each third request meets one of the troubles. */
const TROUBLE: readonly Fare[] = [{ status: 503 }, { status: 429, retryAfter: '0' }, 'answer lost']
const inTrouble = (n: number): Fare => (n % 3 === 0 ? TROUBLE[(n / 3) % 3]! : 'taken')

async function mailTool(
  fareOf?: (n: number) => Fare,
  changes: Partial<PartnerServerOptions> = {},
): Promise<[RunningPartner, FakeTrackingApi]> {
  const api = await fakeTrackingApi(fareOf)
  open.push(api)
  const forward = { stream: api.url, writeKey: KEY }
  const partner = await startPartner({ port: 0, store: 'memory', faults: [], seed: 1, forward, ...changes })
  return [partner, api]
}

function identify(n: number, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const person = { type: 'identify', event: undefined, userId: `sq_test_${n}`, messageId: `identify-${n}` }
  return eventOf({ ...person, traits: { email: `reader${n}@mail.example` }, ...changes })
}

async function post(partner: RunningPartner, event: unknown): Promise<number> {
  const { status } = await exchange(partner.url, { method: 'POST', body: JSON.stringify(event) })
  return status
}

const idsOf = (events: readonly ParsedEvent[]): string[] => events.map(({ messageId }) => messageId)
const distinct = (events: readonly ParsedEvent[]): ParsedEvent[] => [
  ...new Map(events.map((event) => [event.messageId, event])).values(),
]

/** Many who say who they are; some of it twice at once, some again later, some in a replay. */
const SCENARIO = `
name: round-trip
mix: { sign-up: 1, server-sync: 2 }
phases:
  - { name: live, rate: 400/s, events: 300, duplicates: 20%, lag: 300ms, racing: 10% }
  - { name: again, at: 1s, rate: 400/s, duration: 500ms, replay: { history: 30d, again: { phase: live, share: 50% } } }
timeScale: 1000
`

describe('from subscription to stream', () => {
  test('everybody who is identified gets their events, each once, whatever comes twice and whatever the stream answers', async () => {
    const [partner, api] = await mailTool(inTrouble)
    const path = join(folder, 'round-trip.yaml')
    writeFileSync(path, SCENARIO)
    const run = await squall(['run', path, '--target', partner.url, '--no-warm', '--out', join(folder, 'run')])
    expect(run).toMatchObject({ code: 3 })
    const held = await linesOf(partner.url, 'receipts')
    await partner.close()

    const identifies = held
      .filter(({ type }) => type === 'identify')
      .map(({ body }): ParsedEvent => JSON.parse(String(body)))
    const mailed = identifies.filter((one) => one.traits.email !== undefined && !one.integrations.Squall)
    expect(mailed.length).toBeGreaterThan(40)
    const events = distinct(api.events)
    const answered = (event: ParsedEvent): string => event.context.squall.answers.messageId
    for (const one of mailed) {
      const own = events.filter((event) => answered(event) === one.messageId)
      expect(own.filter(({ event }) => event === 'Email Delivered')).toHaveLength(1)
      expect(new Set(own.map(({ event }) => event)).size).toBe(own.length)
      for (const event of own) {
        expect(event.userId).toBe(one.userId)
        expect(event.context.squall.run).toBe(one.context.squall.run)
      }
    }
    expect(new Set(events.map(answered))).toEqual(new Set(mailed.map(({ messageId }) => messageId)))
    expect(new Set(api.requests.map(({ fare }) => JSON.stringify(fare))).size).toBe(4)
    const { made, accepted, answered: mails, roundTripMs } = partner.forwarded()!
    expect({ mails, made, accepted }).toEqual({ mails: mailed.length, made: events.length, accepted: events.length })
    expect(roundTripMs.max).toBeGreaterThan(0)
  })

  test('the embedded HTTP API holds each event once, although it is in trouble and its answers get lost', async () => {
    const stream = await startStream({
      port: 0,
      store: 'memory',
      faults: ['status:503 20%', 'lost-answer-stored 20%'],
      seed: 1,
      overRate: 'delay',
      dedupeMs: 86_400_000,
      region: 'us',
      writeKeys: [{ place: KEY }],
      lint: () => [],
    })
    open.push(stream)
    const [partner] = await mailTool(undefined, { forward: { stream: stream.url, writeKey: KEY } })
    for (let i = 0; i < 60; i++) expect(await post(partner, identify(i))).toBe(200)
    await partner.close()
    const held = await linesOf(stream.url, 'receipts')
    const { made, accepted } = partner.forwarded()!
    expect([accepted, held.length, new Set(held.map(({ messageId }) => messageId)).size]).toEqual([made, made, made])
    const delivered = held.filter(({ event }) => event === 'Email Delivered').map(({ userId }) => userId)
    expect(delivered.sort()).toEqual(Array.from({ length: 60 }, (_, i) => `sq_test_${i}`).sort())
  })

  test('a replay of somebody who was mailed sends nothing, nor does one of somebody who never was', async () => {
    const [partner, api] = await mailTool()
    const integrations = { All: false, Partner: true }
    for (const one of [identify(1), identify(1), identify(1, { integrations }), identify(2, { integrations })]) {
      expect(await post(partner, one)).toBe(200)
    }
    await partner.close()
    expect(new Set(api.events.map(({ userId }) => userId))).toEqual(new Set(['sq_test_1']))
    expect(new Set(idsOf(api.events)).size).toBe(api.events.length)
  })

  test('what comes back round as an identify of its own is not answered', async () => {
    const [partner, api] = await mailTool()
    await post(partner, identify(1, { context: { integration: { name: 'squall-mail', version: '1.0.0' } } }))
    await partner.close()
    expect(api.requests).toEqual([])
  })

  test('a tool that forgot everything gives its events the ids that they had', async () => {
    const [first, api] = await mailTool()
    await post(first, identify(1))
    await first.close()
    const stream = { stream: api.url, writeKey: KEY }
    const [second] = await mailTool(undefined, { forward: stream })
    await post(second, identify(1))
    await second.close()
    const half = api.events.length / 2
    expect(idsOf(api.events.slice(half))).toEqual(idsOf(api.events.slice(0, half)))
    expect(half).toBeGreaterThan(0)
  })

  test('the write key is shown as the HTTP API wants it, and the path of the URL counts', async () => {
    const [partner, api] = await mailTool()
    await post(partner, identify(1))
    await partner.close()
    const authorization = `Basic ${Buffer.from('write key:').toString('base64')}`
    expect(api.requests).toEqual([{ path: '/v1/batch', authorization, fare: 'taken' }])
  })

  test('a stream that is not there holds up no answer, and gets the events when it is', async () => {
    const gone = await fakeTrackingApi()
    await gone.close()
    const [partner] = await mailTool(undefined, { forward: { stream: gone.url, writeKey: KEY } })
    for (let i = 0; i < 20; i++) expect(await post(partner, identify(i))).toBe(200)
    const { body } = await exchange(`${partner.url}healthz`)
    expect(JSON.parse(body)).toMatchObject({ status: 'ok', forwarded: { answered: 20, accepted: 0 } })
    const back = await fakeTrackingApi(undefined, Number(new URL(gone.url).port))
    open.push(back)
    await partner.close()
    expect(new Set(back.events.map(({ userId }) => userId)).size).toBe(20)
  })

  const places: readonly (readonly [string, string, string, string])[] = [
    ['what is no URL', 'localhost', 'TargetInvalid', '--stream'],
    ['a URL with a key in it', 'http://key:@127.0.0.1:9', 'TargetInvalid', '--stream'],
    ['metadata', 'http://169.254.169.254', 'TargetRefused', 'metadata'],
    ['Segment', 'https://api.segment.io', 'TargetRefused', 'Segment'],
  ]
  test.each(places)('nothing is forwarded to %s', async (_, stream, name, text) => {
    const started = startPartner({ port: 0, store: 'memory', faults: [], seed: 1, forward: { stream, writeKey: KEY } })
    await expect(started).rejects.toMatchObject({ name, message: expect.stringContaining(text) })
  })

  test('the write key is looked for where it is said to be', async () => {
    const started = mailTool(undefined, {
      forward: { stream: 'http://127.0.0.1:9', writeKey: 'env:SQUALL_TEST_NO_KEY' },
    })
    await expect(started).rejects.toMatchObject({ name: 'SecretMissing' })
  })
})

test('squall receive partner says at its end what it forwarded', async () => {
  const api = await fakeTrackingApi()
  open.push(api)
  const flags = ['--forward', 'stream', '--stream', api.url, '--write-key', KEY]
  const child = spawn(process.execPath, [CLI, 'receive', 'partner', ...flags])
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const { url } = JSON.parse(line)
  expect((await exchange(url, { method: 'POST', body: JSON.stringify(identify(1)) })).status).toBe(200)
  child.kill('SIGTERM')
  const said = await text(child.stderr)
  expect(said).toContain(`forwarded ${api.events.length} of ${api.events.length} events for 1 identifies · 0 refused`)
  expect(said).toMatch(/identify received to event accepted: .*max \d+\.\d ms/)
  expect(said).not.toContain('write key')
})
