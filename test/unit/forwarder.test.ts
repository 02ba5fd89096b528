import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/model/outcome.ts'
import type { OutgoingRequest, Transport } from '../../src/model/world.ts'
import { Forwarder } from '../../src/partner/forward/forwarder.ts'
import { VirtualClock } from '../../src/simulation/virtual-clock.ts'

const utf8 = new TextEncoder()
const NOTHING: Outcome = { class: '2xx', status: 200, ambiguous: false, connectMs: -1, retryAfter: '', detail: '' }
const said = (status: number, retryAfter = ''): Outcome => {
  const kind = status < 300 ? '2xx' : status < 400 ? '3xx' : status < 500 ? '4xx' : '5xx'
  return { ...NOTHING, class: kind, status, retryAfter }
}
const LOST: Outcome = { ...NOTHING, class: 'reset', status: 0, ambiguous: true }
const TIMED_OUT: Outcome = { ...LOST, class: 'timeout' }

interface Sent {
  readonly atMs: number
  readonly events: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  readonly sentAt: string
}

/** An API that takes 5 ms, and says what `answer` tells; undefined: it never says anything. */
function apiWith(answer: (sent: Sent, attempt: number) => Outcome | undefined = () => said(200)) {
  const clock = new VirtualClock()
  const sent: Sent[] = []
  const tookMs: number[] = []
  const transport: Transport = {
    send(request, done) {
      sent.push(readOf(request, clock.nowMs()))
      const outcome = answer(sent.at(-1)!, sent.length)
      const timer = outcome && clock.at(clock.nowMs() + 5, () => done(outcome))
      return {
        abort: () => {
          timer?.cancel()
          return TIMED_OUT
        },
      }
    },
    close: async () => {},
    stats: { opened: 0, reused: 0, httpVersion: '1.1', tls: null },
  }
  const authorization = 'Basic a2V5Og=='
  const forwarder = new Forwarder({ clock, transport, authorization, seed: 1, onAccepted: (ms) => tookMs.push(ms) })
  const take = (count: number, from = 0): void => {
    for (let i = from; i < from + count; i++) forwarder.take(utf8.encode(`{"messageId":"m${i}","note":"ü"}`))
  }
  return { clock, sent, tookMs, forwarder, take }
}

function readOf({ headers, body }: OutgoingRequest, atMs: number): Sent {
  const { batch, sentAt } = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  const pairs = Array.from({ length: headers.length / 2 }, (_, i) => [headers[2 * i], headers[2 * i + 1]])
  const events = batch.map(({ messageId }: { readonly messageId: string }) => messageId)
  return { atMs, events, headers: Object.fromEntries(pairs), sentAt }
}

const ids = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => `m${from + i}`)

describe('what is handed over', () => {
  test('leaves in batches of a hundred at most, in order, whole', () => {
    const { clock, sent, forwarder, take } = apiWith()
    take(250)
    expect(sent).toEqual([])
    clock.run()
    expect(sent.map(({ events }) => events)).toEqual([ids(0, 100), ids(100, 200), ids(200, 250)])
    expect(forwarder.account).toMatchObject({ made: 250, accepted: 250, waiting: 0 })
  })

  test('leaves alone where nothing else waits, and says when it was sent', () => {
    const { clock, sent, take } = apiWith()
    take(1)
    clock.runUntil(1000)
    take(1, 1)
    clock.run()
    expect(sent.map(({ events, sentAt }) => [events, sentAt])).toEqual([
      [['m0'], '2026-01-01T00:00:00.000Z'],
      [['m1'], '2026-01-01T00:00:01.000Z'],
    ])
    expect(sent[0]!.headers).toEqual({
      Authorization: 'Basic a2V5Og==',
      'Content-Type': 'application/json',
      'User-Agent': 'squall-mail/1.0.0',
    })
  })

  test('never makes a body larger than the API takes', () => {
    const { clock, sent, forwarder } = apiWith()
    const large = utf8.encode(`{"messageId":"large","note":"${'x'.repeat(30_000)}"}`)
    for (let i = 0; i < 40; i++) forwarder.take(large)
    clock.run()
    expect(Math.max(...sent.map(({ events }) => events.length)) * large.length).toBeLessThan(500_000)
    expect(forwarder.account.accepted).toBe(40)
  })

  test('is not sent where the API would refuse it for its size, or where there is no room', () => {
    const { clock, forwarder } = apiWith(() => undefined)
    forwarder.take(new Uint8Array(32 * 1024 + 1))
    expect(forwarder.account).toMatchObject({ made: 1, notSent: 1, waiting: 0 })
    for (let i = 0; i < 2000; i++) forwarder.take(utf8.encode(`"${'x'.repeat(30_000)}"`))
    const { made, notSent, waiting } = forwarder.account
    expect(waiting * 30_000).toBeLessThan(33_600_000)
    expect(notSent).toBeGreaterThan(800)
    expect(notSent + waiting).toBe(made)
    clock.runUntil(100)
  })

  test('is never more than 50 requests in any second', () => {
    const { clock, sent, take } = apiWith((_, attempt) => (attempt % 7 === 0 ? said(503) : said(200)))
    for (let i = 0; i < 3000; i++) {
      take(1, i)
      clock.runUntil(i)
    }
    clock.run()
    const fullest = Math.max(
      ...sent.map(({ atMs }) => sent.filter((one) => one.atMs >= atMs && one.atMs < atMs + 1000).length),
    )
    expect(fullest).toBeGreaterThan(20)
    expect(fullest).toBeLessThanOrEqual(50)
  })
})

describe('trouble that may pass', () => {
  test.each([[503], [500], [429], [408]])('is tried again and said to be so: %i', (status) => {
    const { clock, sent, forwarder, take } = apiWith((_, attempt) => said(attempt <= 2 ? status : 200))
    take(3)
    clock.run()
    expect(sent.map(({ headers }) => headers['X-Retry-Count'])).toEqual([undefined, '1', '2'])
    expect(forwarder.account).toMatchObject({ accepted: 3, refused: 0, givenUp: 0 })
  })

  test('counts towards the time until an event is accepted', () => {
    const { clock, sent, tookMs, take } = apiWith((_, attempt) => said(attempt === 1 ? 503 : 200))
    take(1)
    clock.run()
    expect(tookMs).toEqual([sent[1]!.atMs + 5])
  })

  test('makes pauses that grow, and in which nothing is sent', () => {
    const { clock, sent, take } = apiWith((_, attempt) => said(attempt <= 5 ? 503 : 200))
    take(1)
    clock.runUntil(1)
    take(300, 1)
    clock.run()
    const gaps = sent.slice(1, 6).map(({ atMs }, i) => atMs - sent[i]!.atMs)
    for (const [i, gap] of gaps.entries()) {
      if (i > 0) expect(gap).toBeGreaterThan(Math.min(50 * 2 ** i, 30_000))
    }
  })

  test('waits as long as the API asks', () => {
    const { clock, sent, take } = apiWith((_, attempt) => (attempt === 1 ? said(429, '7') : said(200)))
    take(1)
    clock.runUntil(3)
    take(1, 1)
    clock.run()
    expect(sent.slice(1).every(({ atMs }) => atMs >= 7005)).toBe(true)
    expect(sent.flatMap(({ events }) => events).sort()).toEqual(['m0', 'm0', 'm1'])
  })

  test('is given up in the end, and what may have been taken is told apart', () => {
    const lost = apiWith(() => LOST)
    lost.take(2)
    lost.clock.run()
    expect(lost.sent).toHaveLength(11)
    expect(lost.forwarder.account).toMatchObject({ givenUp: 2, uncertain: 2, waiting: 0 })
    const busy = apiWith(() => said(503))
    busy.take(2)
    busy.clock.run()
    expect(busy.forwarder.account).toMatchObject({ givenUp: 2, uncertain: 0, waiting: 0 })
  })

  test('silence is one, and holds up nobody else', () => {
    const { clock, sent, forwarder, take } = apiWith((_, attempt) => (attempt === 1 ? undefined : said(200)))
    take(1)
    clock.runUntil(1)
    take(1, 1)
    clock.runUntil(1000)
    expect(forwarder.account.accepted).toBe(1)
    clock.run()
    expect(forwarder.account.accepted).toBe(2)
    expect(sent[2]!.atMs).toBeGreaterThan(10_000)
  })
})

test.each([[400], [401], [404], [413], [501], [301]])('a status that ends retries is not tried again: %i', (status) => {
  const { clock, sent, forwarder, take } = apiWith(() => said(status))
  take(2)
  clock.run()
  expect(sent).toHaveLength(1)
  expect(forwarder.account).toMatchObject({ refused: 2, waiting: 0 })
})

describe('at the end', () => {
  test('what waits is sent', async () => {
    const { clock, forwarder, take } = apiWith((_, attempt) => said(attempt % 2 === 1 ? 503 : 200))
    take(500)
    await clock.drain(forwarder.close(10_000))
    expect(forwarder.account).toMatchObject({ accepted: 500, waiting: 0 })
  })

  test('it ends in time, and what is left is given up, what may have been taken told apart', async () => {
    const { clock, forwarder, take } = apiWith((_, attempt) => (attempt <= 8 ? undefined : said(503)))
    take(1000)
    await clock.drain(forwarder.close(4000))
    expect(clock.nowMs()).toBe(4000)
    expect(forwarder.account).toMatchObject({ made: 1000, givenUp: 1000, uncertain: 800, waiting: 0 })
  })

  test('no more is taken', async () => {
    const { clock, sent, forwarder, take } = apiWith()
    await clock.drain(forwarder.close(10_000))
    take(1)
    clock.run()
    expect(sent).toEqual([])
    expect(forwarder.account).toMatchObject({ made: 1, notSent: 1 })
  })
})
