import { createSign, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Analytics } from '@segment/analytics-node'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type RunningStream, type StreamServerOptions, startStream } from '../../src/adapters/endpoints/start-stream.ts'
import { exchange } from '../support/exchange.ts'
import { DAY_MS, streamEvent } from '../support/stream-traffic.ts'

const folder = mkdtempSync(join(tmpdir(), 'squall-stream-'))
const running: RunningStream[] = []
const places = Object.fromEntries(['one', 'two', 'next'].map((name) => [name, join(folder, name)]))
const place = (name: string) => `file:${places[name]}`

async function started(options: Partial<StreamServerOptions> = {}): Promise<RunningStream> {
  const stream = await startStream({
    port: 0,
    store: 'memory',
    faults: [],
    seed: 1,
    overRate: 'delay',
    dedupeMs: DAY_MS,
    region: 'us',
    writeKeys: [],
    lint: () => [],
    ...options,
  })
  running.push(stream)
  return stream
}

beforeAll(() => {
  for (const [name, path] of Object.entries(places)) writeFileSync(path, `key-of-${name}\n`)
})
afterEach(async () => {
  for (const stream of running.splice(0)) await stream.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Of the library's fifteen events, five each. */
const BATCHES = 3

const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
const post = (url: string, body: unknown, headers: Record<string, string> = basic('key-of-one:')) =>
  exchange(`${url}v1/batch`, { method: 'POST', headers, body: Buffer.isBuffer(body) ? body : JSON.stringify(body) })

async function read(url: string, path: string, headers = {}): Promise<Record<string, unknown>[]> {
  const { body } = await exchange(`${url}${path}`, { headers })
  return body.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
}

interface Exchanged {
  readonly sent: readonly Record<string, unknown>[]
  readonly stored: readonly Record<string, unknown>[]
  readonly requests: number
}

describe('Segment’s own library for Node', () => {
  /** What it sent, and what is stored of it once it has nothing left to send. */
  async function sentAndStored(faults: readonly string[]): Promise<Exchanged> {
    const { url } = await started({ faults, store: `sqlite:${join(folder, `${faults.length}${faults[0]}.db`)}` })
    const analytics = new Analytics({ writeKey: 'w', host: url, flushAt: 5, flushInterval: 10_000 })
    const sent: Record<string, unknown>[] = []
    const who = { userId: 'sq_test_Ada', timestamp: new Date(Date.now() - 60_000) }
    for (let i = 0; i < 15; i++) {
      const call = { ...who, messageId: `m${i}`, event: `Event ${i}`, properties: { i, note: 'Zoë 🜚 "\\' } }
      analytics.track(call)
      sent.push(call)
    }
    await analytics.flush({ close: true, timeout: 8000 })
    const [health] = await read(url, 'healthz')
    return { sent, stored: await read(url, 'receipts'), requests: Number(health!.requests) }
  }

  test.each([
    ['without trouble', []],
    ['through 503', ['503-first-try']],
    ['through 429', ['status:429,retry-after=1@0s-400ms']],
    ['through lost answers', ['lost-answer-stored']],
  ])('its events arrive whole, once, at the right time, %s', async (_, faults) => {
    const { sent, stored, requests } = await sentAndStored(faults)
    expect(requests > BATCHES).toBe(faults.length > 0)
    const events = stored.map(({ body }) => JSON.parse(String(body)) as Record<string, unknown>)
    expect(events.map(({ messageId }) => messageId).sort()).toEqual(sent.map(({ messageId }) => messageId).sort())
    for (const { messageId, event, properties, timestamp, userId } of sent) {
      const one = events.find((candidate) => candidate.messageId === messageId)!
      expect(one).toMatchObject({ type: 'track', event, properties, userId })
      const offMs = Date.parse(String(one.timestamp)) - (timestamp as Date).getTime()
      expect(offMs).toBeGreaterThanOrEqual(0)
      expect(offMs).toBeLessThan(30_000)
    }
  })
})

describe('the embedded HTTP Tracking API', () => {
  test('takes what is compressed, and refuses what only says so', async () => {
    const { url } = await started()
    const headers = { ...basic('key-of-one:'), 'content-encoding': 'gzip', 'content-type': 'text/plain' }
    const body = Buffer.from(JSON.stringify({ batch: [streamEvent()] }))
    expect(await post(url, gzipSync(body), headers)).toMatchObject({ status: 200, body: '{"success":true}' })
    expect((await post(url, body, headers)).status).toBe(400)
    expect((await post(url, gzipSync(Buffer.alloc(20_000_000)), headers)).status).toBe(400)
    expect((await post(url, body, { ...headers, 'content-encoding': 'br' })).status).toBe(400)
    expect(await read(url, 'receipts')).toHaveLength(1)
  })

  test.each([
    ['the key and a colon', basic('key-of-one:')],
    ['the key without a colon', basic('key-of-one')],
    ['a token, and the key in the body', { authorization: 'Bearer some.token' }],
    ['nothing, and the key in the body', {}],
  ])('knows a source by %s', async (_, headers) => {
    const { url } = await started({ writeKeys: [{ place: place('one') }] })
    await post(url, { batch: [streamEvent()], writeKey: 'key-of-one' }, headers)
    expect(await read(url, 'receipts')).toHaveLength(1)
  })

  test('shows each of several sources its own, strangers nothing, and no key to anybody', async () => {
    const { url } = await started({
      writeKeys: [{ place: place('one') }, { place: place('two') }],
      regenerated: { place: place('next'), afterMs: 60_000 },
    })
    await post(url, { batch: [streamEvent({ messageId: 'a', writeKey: 'key-of-one' })] })
    await post(url, { batch: [streamEvent({ messageId: 'b' }), {}] }, basic('key-of-two:'))
    await post(url, { batch: [streamEvent({ messageId: 'c' })] }, basic('nobody:'))
    const ids = async (path: string, key: string) =>
      (await read(url, path, basic(key))).map(({ messageId }) => messageId)
    expect([await ids('receipts', 'key-of-one:'), await ids('receipts', 'key-of-next:')]).toEqual([['a'], ['a']])
    expect([await ids('receipts', 'key-of-two'), await ids('discards', 'key-of-two')]).toEqual([
      ['b'],
      [undefined, 'c'],
    ])
    const strangers = [
      await exchange(`${url}receipts`),
      await exchange(`${url}discards`, { headers: basic('nobody:') }),
    ]
    expect(strangers.map(({ status }) => status)).toEqual([401, 401])
    const shown = await Promise.all(
      ['receipts', 'discards', 'healthz'].map((path) => read(url, path, basic('key-of-one'))),
    )
    expect(JSON.stringify(shown)).not.toContain('key-of')
  })

  test('counts, and says that it keeps nothing where it does not', async () => {
    const { url } = await started({ store: 'null' })
    await post(url, { batch: [streamEvent(), streamEvent(), 7] })
    expect(await read(url, 'healthz')).toEqual([
      { status: 'ok', requests: 1, stored: 2, discarded: { bad_request: 1 } },
    ])
    const reply = await exchange(`${url}receipts`)
    expect([reply.status, reply.body]).toEqual([404, expect.stringContaining('null')])
  })

  test('answers what is under way, and stores what a fault holds back, before it stops', async () => {
    const path = join(folder, 'stops.db')
    const { url } = await started({ store: `sqlite:${path}`, faults: ['acks-before-persist(60s)', 'delay:300ms'] })
    const answer = post(url, { batch: [streamEvent()] })
    while ((await read(url, 'healthz'))[0]!.stored !== 1);
    await running.pop()!.close()
    expect((await answer).status).toBe(200)
    const again = await started({ store: `sqlite:${path}` })
    expect(await read(again.url, 'receipts')).toHaveLength(1)
  })

  test('has a debugger on loopback', async () => {
    const { url, debugger: page } = await started()
    expect(page).toMatch(/\/debugger\?token=\S{20,}$/)
    expect((await exchange(page!)).status).toBe(200)
    expect((await exchange(`${url}debugger`)).status).toBe(403)
  })
})

describe('tokens', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const part = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url')

  function assertion(claims: object = {}, alg = 'RS256'): string {
    const expS = Math.floor(Date.now() / 1000) + 50
    const text = `${part({ alg, typ: 'JWT', kid: 'k' })}.${part({ iss: 'app', sub: 'app', exp: expS, jti: `${Math.trunc(performance.now() * 1e6)}`, ...claims })}`
    return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`
  }

  const ask = (url: string, client_assertion: string, changes = {}) =>
    exchange(`${url}token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        scope: 'tracking_api:write',
        client_assertion,
        ...changes,
      }).toString(),
    })

  const desk = async (tokenLifeMs = 60_000) => {
    const path = join(folder, 'public.pem')
    writeFileSync(path, publicKey.export({ type: 'spki', format: 'pem' }))
    return started({ oauth: { publicKey: path, tokenLifeMs } })
  }
  const send = (url: string, token: string) =>
    post(url, { batch: [streamEvent()], writeKey: 'w' }, { authorization: `Bearer ${token}` })

  test('are given to whoever signs for them, and then taken', async () => {
    const { url } = await desk()
    const reply = await ask(url, assertion())
    const { access_token: token, ...rest } = JSON.parse(reply.body)
    expect([reply.status, rest]).toEqual([200, { token_type: 'Bearer', scope: 'tracking_api:write', expires_in: 60 }])
    expect([(await send(url, token)).status, (await send(url, 'another')).status]).toEqual([200, 401])
  })

  test('end', async () => {
    const { url } = await desk(1)
    const { access_token: token } = JSON.parse((await ask(url, assertion())).body)
    expect((await send(url, token)).status).toBe(401)
  })

  test.each([
    ['a wrong signature', () => `${assertion().slice(0, -8)}AAAAAAAA`, {}, 'invalid_client'],
    ['another algorithm', () => assertion({}, 'none'), {}, 'invalid_client'],
    ['no JWT', () => 'x', {}, 'invalid_client'],
    ['an assertion that has ended', () => assertion({ exp: 1 }), {}, 'invalid_client'],
    ['one that lasts too long', () => assertion({ exp: Date.now() / 1000 + 3600 }), {}, 'invalid_client'],
    ['two clients in one', () => assertion({ sub: 'other' }), {}, 'invalid_client'],
    ['another scope', assertion, { scope: 'all' }, 'invalid_scope'],
    ['another grant', assertion, { grant_type: 'password' }, 'unsupported_grant_type'],
  ])('are not given for %s', async (_, made, changes, error) => {
    const { url } = await desk()
    const reply = await ask(url, made(), changes)
    expect([reply.status, JSON.parse(reply.body).error]).toEqual([400, error])
  })

  test('are given once for an assertion', async () => {
    const { url } = await desk()
    const same = assertion()
    expect([(await ask(url, same)).status, (await ask(url, same)).status]).toEqual([200, 400])
  })
})
