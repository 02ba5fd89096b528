import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startPartner } from '../../src/adapters/endpoints/partner-server.ts'
import { systemClock, systemDigest } from '../../src/adapters/system-world.ts'
import { UndiciTransport } from '../../src/adapters/undici-transport.ts'
import { headerOf, messagesOf, run } from '../../src/run.ts'
import type { Scenario } from '../../src/scenario/schema.ts'
import { exchange, linesOf } from '../support/exchange.ts'
import { eventOf } from '../support/partner-traffic.ts'
import { readied } from '../support/rehearsals.ts'

const SECRET = 'a shared secret, ünïcode and all'

interface Captured {
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** Every request of a real run, as a server of Node's own met it, and the bytes of the run's messages. */
async function captured(scenario: Omit<Scenario, 'name'>) {
  const requests: Captured[] = []
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray())
    requests.push({ method: request.method!, headers: request.headers, body })
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const prepared = readied(scenario)
  const environment = { squall: '', runtime: '', platform: '', cpus: 1, memoryMb: 1 }
  const engine = { name: 'node', version: '' } as const
  const header = headerOf(prepared, {
    id: 'profiles',
    startedAtMs: systemClock.wallMs(),
    target: { url },
    engine,
    environment,
  })
  const transport = new UndiciTransport(url, { connections: 4, connectionsMax: 64 })
  const never = new AbortController().signal
  await run(prepared, header, {
    clock: systemClock,
    digest: systemDigest,
    transport,
    health: { take: () => ({ loopDelayMaxMs: 0, cpuRatio: 0, rssMb: 0 }) },
    credentials: { apiKey: 'k', headers: [], sharedSecret: SECRET },
    recorder: { record: () => undefined, flush: () => undefined },
    stop: never,
    abort: never,
    onSnapshot: () => undefined,
  })
  await transport.close()
  server.close()
  return { requests, messages: messagesOf(prepared, header), planned: prepared.planned }
}

const macOf = (bytes: Uint8Array): string => createHmac('sha1', SECRET).update(bytes).digest('hex')
const phases = [{ name: 'live', rate: '200/s', duration: '500ms', duplicates: '10%' }]

test('a webhook is signed over the very bytes of its body, non-ASCII ones too', async () => {
  const { requests, messages, planned } = await captured({ profile: 'webhook', phases })
  expect(requests).toHaveLength(planned.first + planned.duplicate)
  for (const { method, headers, body } of requests) {
    expect([method, headers['user-agent'], headers.authorization]).toEqual(['POST', 'Segment.io/1.0', undefined])
    expect(headers['x-signature']).toBe(macOf(body))
    const { messageId } = JSON.parse(body.toString())
    expect(body).toEqual(Buffer.from(messages.messageAt(messages.indexOf(messageId)!, 'live').bytes))
  }
  expect(requests.some(({ body }) => body.some((byte) => byte > 0x7f))).toBe(true)
})

test('a batch is the array of its events’ bytes, signed over its first event’s, by the method asked for', async () => {
  const { requests, messages, planned } = await captured({ profile: 'actions', batch: 7, method: 'PATCH', phases })
  expect(requests).toHaveLength(planned.first + planned.duplicate)
  const seen = new Set<number>()
  for (const { method, headers, body } of requests) {
    const events: { messageId: string }[] = JSON.parse(body.toString())
    const indices = events.map(({ messageId }) => messages.indexOf(messageId)!)
    const parts = indices.map((index) => Buffer.from(messages.messageAt(index, 'live').bytes))
    expect(body.toString()).toBe(`[${parts.join(',')}]`)
    expect([method, headers['user-agent'], headers['x-signature']]).toEqual([
      'PATCH',
      'Segment (Actions)',
      macOf(parts[0]!),
    ])
    for (const index of indices) seen.add(index)
  }
  expect(seen.size).toBeGreaterThan(5 * planned.first)
  expect(requests.some(({ body }) => body.some((byte) => byte > 0x7f))).toBe(true)
})

test('the embedded partner takes what is signed with the secret at the place it was given, and answers 401 to the rest', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'squall-signed-'))
  writeFileSync(join(folder, 'secret'), `${SECRET}\n`)
  const sharedSecret = `file:${join(folder, 'secret')}`
  const partner = await startPartner({ port: 0, store: 'memory', faults: [], seed: 1, sharedSecret })
  const event = JSON.stringify(eventOf())
  const send = (body: string, mac: string) =>
    exchange(partner.url, { method: 'PUT', body, headers: { 'X-Signature': mac } })
  const replies = [
    await send(event, macOf(Buffer.from(`${event} `))),
    await send(`[${event},${event}]`, macOf(Buffer.from(`[${event},${event}]`))),
    await send(`[${event},${event}]`, macOf(Buffer.from(event))),
    await send(event, macOf(Buffer.from(event))),
  ]
  expect(replies.map(({ status }) => status)).toEqual([401, 401, 200, 200])
  expect(await linesOf(partner.url, 'receipts')).toHaveLength(1)
  await partner.close()
  rmSync(folder, { recursive: true })
})
