import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { type RunningPartner, startPartner } from '../../src/adapters/endpoints/partner-server.ts'
import { receiptSource } from '../../src/adapters/receipts/receipt-source.ts'
import { UndiciTransport } from '../../src/adapters/undici-transport.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import type { Transport } from '../../src/model/world.ts'
import { simulatedTransport } from '../../src/simulation/network.ts'
import { SimulatedPartner } from '../../src/simulation/simulated-partner.ts'
import { VirtualClock } from '../../src/simulation/virtual-clock.ts'
import { exchange } from '../support/exchange.ts'
import { eventOf } from '../support/partner-traffic.ts'
import { outcomesOf, runOverWire } from '../support/wire-run.ts'

const COUNT = 12
const folder = mkdtempSync(join(tmpdir(), 'squall-unusual-'))
const running: RunningPartner[] = []

async function started(faults: readonly string[], tls = false): Promise<RunningPartner> {
  const partner = await startPartner({ port: 0, store: 'memory', faults, seed: 1, ...(tls && { tls: folder }) })
  running.push(partner)
  return partner
}

afterEach(async () => {
  for (const partner of running.splice(0)) await partner.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const textOf = (nth: number): string => JSON.stringify(eventOf({ messageId: `m${nth}` }))
const bytesOf = (nth: number): Uint8Array => new TextEncoder().encode(textOf(nth))

/** All that the partner says to one event until it closes the connection, or for `closing`, until it has said so much. */
async function saidBy(url: string, closing = /(?!)/): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  const text = textOf(0)
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
  let said = ''
  socket.on('data', (chunk) => {
    said += chunk.toString('latin1')
    if (closing.test(said)) socket.end()
  })
  await once(socket, 'close')
  return said
}

/** What a sender meets, one request after the other. */
async function metBy(transport: Transport, requests: number, pass: () => void): Promise<unknown[]> {
  const met: unknown[] = []
  for (let nth = 0; nth < requests; nth++) {
    const outcome = new Promise<Outcome>((resolve) => {
      transport.send({ method: 'POST', headers: [], body: bytesOf(nth) }, resolve)
    })
    pass()
    const { class: kind, status, ambiguous } = await outcome
    met.push([kind, status, ambiguous])
  }
  await transport.close()
  const { opened, reused } = transport.stats
  return [...met, { opened, reused }]
}

describe.each([
  ['HTTP', false],
  ['TLS', true],
])('over %s', (_, tls) => {
  test.each([
    ['http-1.0', '2xx 200 false', COUNT],
    ['early-hints', '2xx 200 false', COUNT],
    ['odd-reasons', '2xx 200 false', COUNT],
    ['slow-body(60ms)', '2xx 200 false', COUNT],
    ['malformed', 'malformed 0 true', 0],
  ])('%s is %s, and each is stored that was taken', async (fault, outcome, stored) => {
    const { url, ca } = await started([fault], tls)
    const trust = ca === undefined ? {} : { ca: readFileSync(ca, 'utf8') }
    const run = await runOverWire(url, { count: COUNT, bodyOf: bytesOf, tls: trust })
    expect(outcomesOf(run)).toEqual([outcome])
    const { body } = await exchange(`${url}receipts`, trust)
    expect(body.split('\n').filter((line) => line !== '')).toHaveLength(stored)
  })

  test('a body that takes longer than an attempt may is a timeout, and stored', async () => {
    const { url, ca } = await started(['slow-body(60s)'], tls)
    const trust = ca === undefined ? {} : { ca: readFileSync(ca, 'utf8') }
    const run = await runOverWire(url, { count: COUNT, bodyOf: bytesOf, timeoutMs: 2500, tls: trust })
    expect([...new Set(run.attempts.map((one) => one.class))]).toEqual(['timeout'])
    expect((await exchange(`${url}receipts`, trust)).body).toContain('"m0"')
  })
})

describe('rehearsed and for real', () => {
  test.each(['http-1.0', 'early-hints', 'odd-reasons', 'slow-body(40ms)', 'malformed', 'answers-204', 'closes-always'])(
    '%s is met alike, and so are its connections',
    async (fault) => {
      const clock = new VirtualClock()
      const partner = new SimulatedPartner({ clock, seed: 1, faults: [fault] })
      const simulated = await metBy(simulatedTransport({ clock, partner, seed: 1 }), 3, () => clock.run())
      const transport = new UndiciTransport((await started([fault])).url, { connections: 1, connectionsMax: 1 })
      expect(await metBy(transport, 3, () => {})).toEqual(simulated)
    },
  )
})

describe('on the wire', () => {
  test('http-1.0 is a status line of that version, without a length, and an end', async () => {
    const said = await saidBy((await started(['status:503', 'http-1.0'])).url)
    expect(said).toMatch(
      /^HTTP\/1\.0 503 Service Unavailable\r\ncontent-type: application\/json\r\n\r\n\{"message":.*\}$/,
    )
  })

  test('http-1.0 ends after a slow body, and knows no hints', async () => {
    const said = await saidBy((await started(['http-1.0', 'early-hints', 'slow-body(40ms)'])).url)
    expect(said).toBe('HTTP/1.0 200 OK\r\n\r\ntaken in good order')
  })

  test('early-hints is a 103 before the answer', async () => {
    const said = await saidBy((await started(['early-hints'])).url, /200 OK[\s\S]*\r\n\r\n/)
    expect(said).toMatch(/^HTTP\/1\.1 103 Early Hints\r\nLink: .*\r\n\r\nHTTP\/1\.1 200 OK\r\n/)
  })

  test('odd-reasons changes the reason alone, to nothing too', async () => {
    const { url } = await started(['odd-reasons'])
    const said = await Promise.all(Array.from({ length: 24 }, () => saidBy(url, /\r\n\r\n/)))
    const lines = new Set(said.map((text) => text.slice(0, text.indexOf('\r\n'))))
    expect(lines).toContain('HTTP/1.1 200 ')
    expect(lines).toContain('HTTP/1.1 200 Fine by me')
    expect(said.every((text) => text.includes('\r\ncontent-length: 0\r\n'))).toBe(true)
  })

  test('slow-body has said its head before its body', async () => {
    const { url } = await started(['slow-body(60s)'])
    expect(await saidBy(url, /\r\n\r\n/)).toMatch(/^HTTP\/1\.1 200 OK\r\ncontent-length: 19\r\n[\s\S]*\r\n\r\n$/)
  })

  test('malformed is another protocol, and an end', async () => {
    expect(await saidBy((await started(['malformed'])).url)).toBe('SSH-2.0-OpenSSH_9.6\r\n\r\n')
  })
})

describe('unordered-receipts', () => {
  test('come page by page, out of order and some twice, and are read each once', async () => {
    const { url } = await started(['unordered-receipts'])
    const ids = Array.from({ length: 230 }, (_, i) => `m${i}`)
    await runOverWire(url, { count: ids.length, perSecond: 2000, bodyOf: bytesOf })
    const told: string[] = []
    for (let next: string | null = 'receipts'; next !== null; ) {
      const page: { records: { messageId: string }[]; next: string | null } = JSON.parse(
        (await exchange(new URL(next, url).href)).body,
      )
      told.push(...page.records.map(({ messageId }) => messageId))
      next = page.next
    }
    expect(told).toHaveLength(ids.length + 2 * 25)
    const read: string[] = []
    for await (const batch of receiptSource(`${url}receipts`).read()) read.push(...batch.map((one) => one.messageId))
    expect(read).not.toEqual(read.toSorted())
    expect(read.toSorted()).toEqual(ids.toSorted())
  })

  test('are a customer’s own on each page', async () => {
    process.env.SQUALL_TEST_UNORDERED = 'k3y'
    const partner = await startPartner({
      port: 0,
      store: 'memory',
      faults: ['unordered-receipts'],
      apiKeys: ['env:SQUALL_TEST_UNORDERED'],
      seed: 1,
    })
    running.push(partner)
    const headers = { authorization: `Basic ${Buffer.from('k3y:').toString('base64')}` }
    await exchange(partner.url, { method: 'POST', body: textOf(0), headers })
    expect((await exchange(`${partner.url}receipts?after=0`)).status).toBe(401)
    expect(JSON.parse((await exchange(`${partner.url}receipts?after=0`, { headers })).body).records).toHaveLength(1)
    expect(JSON.parse((await exchange(`${partner.url}receipts?after=1`, { headers })).body)).toEqual({
      records: [],
      next: null,
    })
  })
})
