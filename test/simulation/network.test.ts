import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/model/outcome.ts'
import type { Attempt } from '../../src/model/world.ts'
import { type NetworkOptions, simulatedTransport } from '../../src/simulation/network.ts'
import { SimulatedPartner } from '../../src/simulation/simulated-partner.ts'
import { VirtualClock } from '../../src/simulation/virtual-clock.ts'
import { eventOf } from '../support/partner-traffic.ts'

/** A sender at one end of the network and a partner at the other. */
function world(
  faults: readonly string[] = [],
  options: Partial<NetworkOptions> & { crashAtMs?: number; seed?: number } = {},
) {
  const { crashAtMs, seed = 1, ...network } = options
  const clock = new VirtualClock()
  const partner = new SimulatedPartner({ clock, seed, faults, ...(crashAtMs !== undefined && { crashAtMs }) })
  const transport = simulatedTransport({ clock, partner, seed, ...network })
  const told: { readonly atMs: number; readonly outcome: Outcome }[] = []
  return {
    clock,
    transport,
    told,
    send: (messageId = 'm1', headers: readonly string[] = []): Attempt => {
      const body = new TextEncoder().encode(JSON.stringify(eventOf({ messageId })))
      return transport.send({ method: 'POST', headers, body }, (outcome) => told.push({ atMs: clock.nowMs(), outcome }))
    },
    stored: async (): Promise<string[]> => {
      const found: string[] = []
      for await (const page of partner.receipts.read()) found.push(...page.map(({ messageId }) => messageId))
      return found
    },
  }
}

describe('a simulated network', () => {
  test('brings a request there and its answer back, each after a moment', async () => {
    const { clock, send, told, stored } = world()
    send()
    expect(told).toEqual([])
    clock.run()
    expect(told).toHaveLength(1)
    expect(told[0]?.outcome).toMatchObject({ class: '2xx', status: 200, ambiguous: false, detail: '' })
    expect(told[0]?.atMs).toBeGreaterThan(0.05)
    expect(told[0]?.atMs).toBeLessThan(3)
    expect(await stored()).toEqual(['m1'])
  })

  test('does the same for the same seed, and something else for another', () => {
    const moments = (seed: number): number[] => {
      const { clock, send, told } = world([], { seed })
      for (let i = 0; i < 50; i++) send(`m${i}`)
      clock.run()
      return told.map(({ atMs }) => atMs)
    }
    expect(moments(1)).toEqual(moments(1))
    expect(moments(1)).not.toEqual(moments(2))
  })

  test('spreads its latencies around the median', () => {
    const { clock, send, told } = world([], { latency: { medianMs: 10, sigma: 0.5 } })
    for (let i = 0; i < 2000; i++) send(`m${i}`)
    clock.run()
    const sorted = told.map(({ atMs }) => atMs).sort((a, b) => a - b)
    expect(sorted[1000]).toBeGreaterThan(19)
    expect(sorted[1000]).toBeLessThan(24)
    expect(sorted[1980]! / sorted[1000]!).toBeGreaterThan(1.7)
  })

  test('tells status, Retry-After and text of a refusal', () => {
    const { clock, send, told } = world(['status:429,retry-after=7'])
    send()
    clock.run()
    expect(told[0]?.outcome).toMatchObject({ class: '4xx', status: 429, retryAfter: '7', ambiguous: false })
    expect(told[0]?.outcome.detail).toContain('message')
  })

  test('holds an answer back as long as the partner does', () => {
    const { clock, send, told } = world(['delay:100ms'])
    send()
    clock.run()
    expect(told[0]?.atMs).toBeGreaterThan(100)
  })

  test('brings an answer when its body is whole', () => {
    const { clock, send, told } = world(['delay:100ms', 'slow-body(2s)'])
    send()
    clock.run()
    expect(told[0]?.outcome).toMatchObject({ class: '2xx', status: 200, detail: '' })
    expect(told[0]?.atMs).toBeGreaterThan(2100)
    expect(told[0]?.atMs).toBeLessThan(2110)
  })

  test('takes the head for the answer where a partner dies before the body is whole', () => {
    const { clock, send, told } = world(['slow-body(2s)'], { crashAtMs: 1000 })
    send()
    clock.run()
    expect(told[0]?.outcome).toMatchObject({ class: '2xx', ambiguous: false })
  })

  test('calls what is not HTTP malformed, ends its connection, and cannot know what was stored', async () => {
    const { clock, send, told, stored, transport } = world(['malformed'])
    for (let i = 0; i < 2; i++) {
      send(`m${i}`)
      clock.run()
    }
    expect(told[0]?.outcome).toMatchObject({ class: 'malformed', status: 0, ambiguous: true })
    expect(await stored()).toEqual([])
    expect(transport.stats).toMatchObject({ opened: 2, reused: 0, closedByPeer: 0 })
  })

  test('says nothing of a partner that hangs until the sender gives up, who then cannot know', () => {
    const { clock, send, told } = world(['hang'])
    const attempt = send()
    clock.run()
    expect(told).toEqual([])
    expect(attempt.abort()).toMatchObject({ class: 'timeout', status: 0, ambiguous: true })
  })

  test('delivers what was given up on the way, and tells nobody', async () => {
    const { clock, send, told, stored } = world()
    expect(send().abort()).toMatchObject({ class: 'timeout', ambiguous: true })
    clock.run()
    expect(told).toEqual([])
    expect(await stored()).toEqual(['m1'])
  })

  test.each([
    ['reset', []],
    ['reset-after-store', ['m1']],
  ])('calls a %s ambiguous, whatever was stored', async (fault, found) => {
    const { clock, send, told, stored } = world([fault])
    send()
    clock.run()
    expect(told[0]?.outcome).toMatchObject({ class: 'reset', status: 0, ambiguous: true })
    expect(await stored()).toEqual(found)
  })

  test('refuses while the partner is down: nothing of it can be stored', async () => {
    const { clock, send, told, stored } = world([], { down: (atMs) => atMs < 1000 })
    send('early')
    clock.runUntil(2000)
    send('late')
    clock.run()
    expect(told.map(({ outcome }) => outcome.class)).toEqual(['refused', '2xx'])
    expect(told[0]?.outcome.ambiguous).toBe(false)
    expect(await stored()).toEqual(['late'])
  })

  test('loses at a crash what was held back, keeps what was stored, and resets what was not yet answered', async () => {
    const { clock, send, told, stored } = world(['acks-before-persist(200ms)', 'delay:50ms'], { crashAtMs: 1000 })
    for (const [id, atMs] of [
      ['old', 100],
      ['acked', 900],
      ['asked', 980],
    ] as const)
      clock.at(atMs, () => send(id))
    clock.run()
    expect(told.map(({ outcome }) => outcome.class).sort()).toEqual(['2xx', '2xx', 'reset'])
    expect(await stored()).toEqual(['old'])
  })

  test('shows a late partner’s records when their time has come', async () => {
    const { clock, send, stored } = world(['visible-late(10s)'])
    send()
    clock.runUntil(5000)
    expect(await stored()).toEqual([])
    clock.runUntil(11_000)
    expect(await stored()).toEqual(['m1'])
  })

  test('keeps customers apart by their key', async () => {
    const { clock, send, stored } = world()
    for (const key of ['Basic YTo=', 'Basic YTo=', 'Basic Yjo=']) send('m1', ['Authorization', key])
    clock.run()
    expect(await stored()).toEqual(['m1', 'm1'])
  })

  test('uses free connections again and counts what became of them', () => {
    const { clock, send, transport } = world()
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 4; i++) send(`m${round} ${i}`)
      clock.run()
    }
    expect(transport.stats).toMatchObject({ opened: 4, reused: 8, closedByPeer: 0, max: 4 })
  })

  test('counts no connection as opened that was refused, and loses the free ones with the partner', () => {
    const { clock, send, transport } = world([], { down: (atMs) => atMs >= 1000 })
    send('m1')
    clock.runUntil(1000)
    send('m2')
    send('m3')
    clock.run()
    expect(transport.stats).toMatchObject({ opened: 1, reused: 1, closedByPeer: 1 })
  })

  test.each(['closes-always', 'http-1.0'])(
    'opens a connection for each request where a partner always closes: %s',
    (fault) => {
      const { clock, send, transport } = world([fault])
      for (let i = 0; i < 3; i++) {
        send(`m${i}`)
        clock.run()
      }
      expect(transport.stats).toMatchObject({ opened: 3, reused: 0, closedByPeer: 3, max: 1 })
    },
  )
})
