import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startStream } from '../../src/adapters/endpoints/start-stream.ts'
import { Linter } from '../../src/lint/linter.ts'
import { exchange } from '../support/exchange.ts'
import { streamEvent } from '../support/stream-traffic.ts'

const KEY = 'wr1te-k3y-of-a-source'
const folder = mkdtempSync(join(tmpdir(), 'squall-capture-'))
const path = join(folder, 'captured.ndjson')
const options = {
  port: 0,
  store: 'memory',
  faults: [],
  seed: 1,
  overRate: 'delay',
  dedupeMs: 60_000,
  region: 'us',
  writeKeys: [],
  capture: path,
  lint: () => [],
} as const
afterAll(() => rmSync(folder, { recursive: true }))

interface Captured {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string
}

let captured: Captured[] = []
let text = ''

const basic = (user: string) => ({ authorization: `Basic ${Buffer.from(user).toString('base64')}` })

beforeAll(async () => {
  const stream = await startStream(options)
  const post = (place: string, body: string | Buffer, headers: Record<string, string>) =>
    exchange(`${stream.url}${place}`, { method: 'POST', body, headers })
  const json = { 'content-type': 'application/json' }
  const inBody = JSON.stringify({ batch: [{ ...streamEvent(), writeKey: KEY }], writeKey: KEY })
  await post(`v1/track?writeKey=${KEY}`, JSON.stringify(streamEvent()), { ...json, ...basic(`${KEY}:`), cookie: KEY })
  await post('v1/b', gzipSync(inBody), { ...json, 'content-encoding': 'gzip' })
  await post('v1/t', JSON.stringify(streamEvent()), { ...json, ...basic(`:${KEY}`) })
  await post('v1/t', 'no JSON', { ...json, authorization: `Bearer ${KEY}` })
  await exchange(`${stream.url}receipts`)
  await stream.close()
  text = readFileSync(path, 'utf8')
  captured = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
})

describe('squall receive stream --capture', () => {
  test('keeps each request that a tool sends, uncompressed and as it came, and nothing of who reads', () => {
    expect(captured.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /v1/track',
      'POST /v1/b',
      'POST /v1/t',
      'POST /v1/t',
    ])
    expect(captured[0]!.body).toBe(JSON.stringify(streamEvent()))
    expect(captured[3]!.body).toBe('no JSON')
  })

  test('has no key in it, wherever that stood, and is its owner’s alone to read', () => {
    expect(text).not.toContain(KEY)
    expect(text).not.toContain(Buffer.from(KEY).toString('base64').slice(0, 20))
    expect(captured.map(({ headers }) => headers.authorization)).toEqual([
      'Basic [secret]',
      undefined,
      'Basic Og==',
      'Bearer [secret]',
    ])
    expect(statSync(path).mode & 0o077).toBe(0)
  })

  test('is what lint reads: it still sees who showed a key and where, and lists the events', () => {
    const linter = new Linter('stream')
    for (const [i, request] of captured.entries()) linter.take(JSON.stringify(request), i + 1)
    const { findings, inventory, requests } = linter.report()
    const linesOf = (rule: string) =>
      findings.find((finding) => finding.rule === rule)?.examples.map(({ line }) => line) ?? []
    expect([requests, linesOf('write-key-missing'), linesOf('write-key-not-in-header')]).toEqual([4, [3], [2]])
    expect(inventory).toMatchObject([{ type: 'track', count: 3 }])
  })

  test('overwrites nothing', async () => {
    await expect(startStream(options)).rejects.toThrow(/--capture: .* is there already; name a new file/)
    await expect(startStream({ ...options, capture: join(folder, 'no', 'such') })).rejects.toThrow(/cannot be written/)
  })
})
