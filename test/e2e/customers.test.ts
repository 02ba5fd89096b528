import { afterEach, describe, expect, test } from 'vitest'
import type { PartnerServerOptions, RunningPartner } from '../../src/adapters/endpoints/partner-server.ts'
import { startPartner } from '../../src/adapters/endpoints/partner-server.ts'
import { fileOf } from '../support/certificates.ts'
import { type Exchange, exchange, linesOf, type Reply } from '../support/exchange.ts'
import { eventOf } from '../support/partner-traffic.ts'
import { read } from '../support/receipt-stores.ts'

const A = 'key-of-a+/é'
const B = 'key-of-b'

const running: RunningPartner[] = []
afterEach(async () => {
  for (const partner of running.splice(0)) await partner.close()
})

async function started(options: Partial<PartnerServerOptions> = {}): Promise<RunningPartner> {
  const partner = await startPartner({ port: 0, store: 'memory', faults: [], seed: 1, ...options })
  running.push(partner)
  return partner
}

const withKeys = (): Promise<RunningPartner> => started({ apiKeys: [`file:${fileOf(A)}`, `file:${fileOf(`${B}\n`)}`] })

function basic(text: string): { headers: Record<string, string> } {
  return { headers: { authorization: `Basic ${Buffer.from(text).toString('base64')}` } }
}

function post(url: string, event: object, options: Exchange = {}): Promise<Reply> {
  return exchange(url, { method: 'POST', body: JSON.stringify(event), ...options })
}

describe('a partner with several customers', () => {
  test('keeps one id of two customers as two messages, and shows each what is theirs', async () => {
    const { url } = await withKeys()
    const event = eventOf({ messageId: 'm1' })
    for (const [key, name] of [
      [A, 'of A'],
      [B, 'of B'],
      [A, 'of A, again'],
    ] as const) {
      expect((await post(url, { ...event, event: name }, basic(`${key}:`))).status).toBe(200)
    }
    expect(await linesOf(url, 'receipts', basic(`${A}:`))).toMatchObject([{ messageId: 'm1', event: 'of A' }])
    expect(await linesOf(url, 'receipts', basic(`${B}:`))).toMatchObject([{ messageId: 'm1', event: 'of B' }])
  })

  test('shows a customer the states of their own users', async () => {
    const { url } = await withKeys()
    const identify = { type: 'identify', userId: 'u1' }
    await post(url, eventOf({ ...identify, messageId: 'a', traits: { plan: 'pro' } }), basic(`${A}:`))
    await post(url, eventOf({ ...identify, messageId: 'b', traits: { plan: 'free' } }), basic(`${B}:`))
    expect(await linesOf(url, 'state', basic(`${A}:`))).toEqual([{ userId: 'u1', traits: { plan: 'pro' } }])
  })

  test.each<[what: string, options: Exchange]>([
    ['no key', {}],
    ['another key', basic('key-of-c:')],
    ['the beginning of a key', basic('key-of-:')],
    ['a key without its colon', basic(B)],
    ['a key with a password', basic(`${B}:x`)],
    ['another scheme', { headers: { authorization: `Bearer ${B}` } }],
    ['nonsense', { headers: { authorization: 'Basic %%%' } }],
  ])('answers 401 to %s, says why, and neither stores nor shows anything', async (_, options) => {
    const { url } = await withKeys()
    await post(url, eventOf(), basic(`${B}:`))
    for (const reply of [
      await post(url, eventOf({ messageId: 'stranger' }), options),
      await exchange(`${url}receipts`, options),
      await exchange(`${url}state`, options),
    ]) {
      expect(reply.status).toBe(401)
      expect(reply.headers['www-authenticate']).toMatch(/^Basic /)
      expect(JSON.parse(reply.body)).toEqual({ message: expect.stringContaining('no customer has this key') })
    }
    expect(await linesOf(url, 'receipts', basic(`${B}:`))).toHaveLength(1)
    expect((await exchange(`${url}healthz`, options)).status).toBe(200)
  })

  test('asks nobody for a key when it has none, and shows everything', async () => {
    const { url } = await started()
    for (const key of [A, B]) await post(url, eventOf({ messageId: 'm1' }), basic(`${key}:`))
    expect(await linesOf(url, 'receipts')).toHaveLength(2)
  })

  test('wants places of keys, not keys', async () => {
    await expect(started({ apiKeys: [B] })).rejects.toMatchObject({
      name: 'SecretMissing',
      message: expect.not.stringContaining(B),
    })
  })
})

describe('receipts over HTTP', () => {
  test('are read with the key that is given for them', async () => {
    const { url } = await withKeys()
    await post(url, eventOf({ messageId: 'm1' }), basic(`${A}:`))
    expect(await read(`${url}receipts`, { key: A })).toMatchObject([{ messageId: 'm1' }])
    await expect(read(`${url}receipts`)).rejects.toThrow(/answered 401; .*--receipts-key env:NAME/)
    await expect(read(`${url}receipts`, { key: 'key-of-c' })).rejects.toThrow(/answered 401/)
  })
})
