import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { type RunningPartner, startPartner } from '../../src/adapters/endpoints/partner-server.ts'
import { exchange, linesOf } from '../support/exchange.ts'
import { eventOf } from '../support/partner-traffic.ts'

const folder = mkdtempSync(join(tmpdir(), 'squall-partner-'))
const running: RunningPartner[] = []

async function started(faults: readonly string[] = [], store = 'memory', port = 0): Promise<RunningPartner> {
  const partner = await startPartner({ port, store, faults, seed: 1 })
  running.push(partner)
  return partner
}

async function stopped(partner: RunningPartner): Promise<void> {
  running.splice(running.indexOf(partner), 1)
  await partner.close()
}

afterEach(async () => {
  for (const partner of running.splice(0)) await partner.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const post = (url: string, event: unknown) => exchange(url, { method: 'POST', body: JSON.stringify(event) })

/** Until the partner has so many records. */
async function stored(url: string, records: number): Promise<void> {
  while ((await linesOf(url, 'receipts')).length < records);
}

describe('the embedded partner over HTTP', () => {
  test.each(['memory', `sqlite:${join(folder, 'bytes.db')}`])('keeps an event to the byte in %s', async (store) => {
    const { url } = await started([], store)
    const text = '{ "type":"page",\t"messageId":"m1", "userId":"sq_test_Zoë", "n":1.0, "t":"\\u2028 🜚 é" }\n'
    expect((await exchange(url, { method: 'POST', body: text })).status).toBe(200)
    const [receipt] = await linesOf(url, 'receipts')
    expect(receipt).toMatchObject({ messageId: 'm1', type: 'page', userId: 'sq_test_Zoë', event: null, body: text })
  })

  test('tells states by event time', async () => {
    const { url } = await started()
    const identify = { type: 'identify', userId: 'sq_test_1' }
    await post(
      url,
      eventOf({ ...identify, messageId: 'a', timestamp: '2026-01-02T00:00:00Z', traits: { plan: 'pro' } }),
    )
    await post(
      url,
      eventOf({ ...identify, messageId: 'b', timestamp: '2026-01-01T00:00:00Z', traits: { plan: 'free', age: 3 } }),
    )
    expect(await linesOf(url, 'state')).toEqual([{ userId: 'sq_test_1', traits: { plan: 'pro', age: 3 } }])
  })

  test('tells more receipts than fit into one page, each once', async () => {
    const { url } = await started([], `sqlite:${join(folder, 'pages.db')}`)
    const agent = new Agent({ keepAlive: true, maxSockets: 8 })
    const ids = Array.from({ length: 450 }, (_, i) => `m${i}`)
    await Promise.all(
      ids.map((messageId) => exchange(url, { method: 'POST', body: JSON.stringify(eventOf({ messageId })), agent })),
    )
    agent.destroy()
    expect((await linesOf(url, 'receipts')).map(({ messageId }) => messageId).sort()).toEqual(ids.sort())
  })

  test('stores racing copies once', async () => {
    const { url } = await started([], `sqlite:${join(folder, 'race.db')}`)
    const replies = await Promise.all(Array.from({ length: 20 }, () => post(url, eventOf())))
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]))
    expect(await linesOf(url, 'receipts')).toHaveLength(1)
  })

  test('says what is wrong with a request', async () => {
    const { url } = await started()
    const replies = await Promise.all([
      exchange(url, { method: 'POST', body: 'nonsense' }),
      exchange(url),
      exchange(`${url}elsewhere`, { method: 'POST', body: '{}' }),
      exchange(url, { method: 'POST', body: Buffer.alloc(16 * 1_048_576 + 1, 0x20) }),
    ])
    expect(replies.map(({ status }) => status)).toEqual([400, 405, 404, 413])
    for (const { body, headers } of replies) {
      expect(JSON.parse(body)).toEqual({ message: expect.stringMatching(/./) })
      expect(headers['content-type']).toBe('application/json')
    }
  })

  test('is healthy', async () => {
    const { url } = await started()
    expect((await exchange(`${url}healthz`)).status).toBe(200)
  })

  test('stores an event once whose answer it loses', async () => {
    const { url } = await started(['lost-answer-stored'], `sqlite:${join(folder, 'reset.db')}`)
    await expect(post(url, eventOf())).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect((await post(url, eventOf())).status).toBe(200)
    expect(await linesOf(url, 'receipts')).toHaveLength(1)
  })

  test('resets without storing, or after storing, as it is told', async () => {
    for (const [fault, records] of [
      ['reset', 0],
      ['reset-after-store', 1],
    ] as const) {
      const { url } = await started([fault])
      await expect(post(url, eventOf())).rejects.toMatchObject({ code: 'ECONNRESET' })
      expect(await linesOf(url, 'receipts')).toHaveLength(records)
    }
  })

  test('closes the connection after each answer when it is told to', async () => {
    const { url } = await started(['closes-always'])
    expect((await post(url, eventOf())).headers.connection).toBe('close')
  })

  test('answers 204 without a length', async () => {
    const { url } = await started(['answers-204'])
    const reply = await post(url, eventOf())
    expect([reply.status, reply.headers['content-length'], reply.body]).toEqual([204, undefined, ''])
  })

  test('has its store again after a restart on the same port', async () => {
    const store = `sqlite:${join(folder, 'restart.db')}`
    const first = await started([], store)
    await post(first.url, eventOf())
    await stopped(first)
    const second = await started([], store, Number(new URL(first.url).port))
    expect(second.url).toBe(first.url)
    await post(second.url, eventOf())
    expect(await linesOf(second.url, 'receipts')).toHaveLength(1)
  })

  test('answers what is under way before it stops', async () => {
    const partner = await started(['delay:300ms'])
    const slow = post(partner.url, eventOf())
    await stored(partner.url, 1)
    await stopped(partner)
    expect((await slow).status).toBe(200)
  })

  test('does not wait for what hangs when it stops', async () => {
    const partner = await started(['hang'])
    const hung = expect(post(partner.url, eventOf())).rejects.toThrow()
    await linesOf(partner.url, 'receipts')
    await stopped(partner)
    await hung
  })

  test('stores what it holds back before it stops in good order', async () => {
    const store = `sqlite:${join(folder, 'held.db')}`
    const holding = await started(['acks-before-persist'], store)
    await post(holding.url, eventOf())
    await stopped(holding)
    const { url } = await started([], store)
    expect(await linesOf(url, 'receipts')).toHaveLength(1)
  })
})

describe('an embedded partner that cannot be had is one line that says how to mend it:', () => {
  test('a port in use', async () => {
    const { url } = await started()
    await expect(started([], 'memory', Number(new URL(url).port))).rejects.toMatchObject({
      name: 'PartnerError',
      message: expect.stringMatching(/cannot listen on 127\.0\.0\.1:\d+ .*choose another port/),
    })
  })

  test.each([
    [
      'mysql://me:secret@somewhere',
      /^"mysql:\/\/\*\*\*@somewhere" is no store: write memory, sqlite:PATH or postgres:/,
    ],
    [
      'postgres://me:secret@127.0.0.1:1/x',
      /^the store postgres:\/\/\*\*\*@127.0.0.1:1\/x cannot be opened: connect ECONNREFUSED/,
    ],
    ['sqlite:', /is no store/],
    [`sqlite:${join(folder, 'no', 'such', 'folder.db')}`, /cannot be opened .*name a file in a folder/],
  ])('the store %s', async (store, message) => {
    await expect(started([], store)).rejects.toMatchObject({
      name: 'PartnerError',
      message: expect.stringMatching(message),
    })
  })

  test('a fault unknown', async () => {
    await expect(started(['lose(1e-3)'])).rejects.toMatchObject({
      name: 'FaultError',
      message: expect.stringMatching(/did you mean "loses"/),
    })
  })
})
