import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { DebuggerFeed, WATCHERS_MAX } from '../../src/adapters/endpoints/debugger-feed.ts'
import { EventSample, KEPT_MAX } from '../../src/adapters/endpoints/event-sample.ts'
import { type DebuggerServer, startDebugger, watchedEvent } from '../support/debugger-server.ts'
import { EventStream } from '../support/event-stream.ts'
import { exchange } from '../support/exchange.ts'

const closing: { close(): void }[] = []
afterEach(() => {
  for (const one of closing.splice(0)) one.close()
})

async function started(): Promise<DebuggerServer & { readonly feed: string; readonly whole: string }> {
  const server = await startDebugger()
  closing.push(server)
  const whole = `${server.url}${server.page.path}`
  return { ...server, whole, feed: whole.replace('debugger?', 'debugger/events?') }
}

async function watching(feed: string, lastId?: string): Promise<EventStream> {
  const stream = await EventStream.open(feed, lastId)
  closing.push(stream)
  return stream
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

describe('a sample of the events', () => {
  const one = watchedEvent(0)
  const event = (atMs: number, code?: string) => ({ ...one, atMs, code })

  test('keeps the last of them and counts all', () => {
    const sample = new EventSample()
    for (const second of numbers(1, 700)) sample.take(event(second * 1000))
    expect(sample.counts()).toEqual({ taken: 700, discarded: 0, kept: 700 })
    expect(sample.oldest()).toBe(700 - KEPT_MAX + 1)
    expect(sample.at(sample.oldest())?.event.atMs).toBe(201_000)
    expect(sample.at(700)?.event.atMs).toBe(700_000)
    expect(sample.at(701)).toBeUndefined()
  })

  test.each([
    ['nobody looks', false, KEPT_MAX + 100],
    ['somebody looks', true, KEPT_MAX + 1000],
  ])('of a flood keeps few while %s', (_, watched, kept) => {
    const sample = new EventSample()
    sample.watch(watched)
    for (const ms of numbers(1, 10_000)) for (let i = 0; i < 30; i++) sample.take(event(1e12 + ms))
    expect(sample.counts().taken).toBe(300_000)
    expect(Math.abs(sample.counts().kept - kept)).toBeLessThanOrEqual(2)
  })

  test('is not so full of the stored ones that a discarded one has no room', () => {
    const sample = new EventSample()
    for (let i = 0; i < 10_000; i++) sample.take(event(1e12))
    sample.take(event(1e12, 'duplicate'))
    expect(sample.counts()).toEqual({ taken: 10_001, discarded: 1, kept: KEPT_MAX + 1 })
    expect(sample.at(KEPT_MAX + 1)?.event.code).toBe('duplicate')
  })

  test('does not make the text of what it leaves out, nor of what nobody reads', () => {
    const sample = new EventSample()
    let made = 0
    const lazy = {
      ...watchedEvent(0),
      get text() {
        made++
        return '{}'
      },
    }
    for (let i = 0; i < 10_000; i++) sample.take(lazy)
    expect(made).toBe(0)
  })
})

describe('the feed', () => {
  test('tells what there is and then what comes, each once, with what it breaks', async () => {
    const { page, feed } = await started()
    page.take(watchedEvent(1))
    const stream = await watching(feed)
    const first = (await stream.next()).data
    expect(first.events).toMatchObject([{ number: 1, name: 'Email Opened', userId: 'user-1', violations: [] }])
    page.take(watchedEvent(2, { userId: undefined, event: 'Purchase' }, { code: 'no_user_anon_id' }))
    const second = await stream.next()
    expect(second.data).toMatchObject({ missed: 0, counts: { taken: 2, discarded: 1, kept: 2 } })
    const [{ code, violations }] = second.data.events
    expect(code).toBe('no_user_anon_id')
    expect(violations.map(({ rule }: { rule: string }) => rule)).toContain('stream-user-id')
    expect(second.id).toBe('2')
  })

  test('does not blame an event for not saying what its path said', async () => {
    const { page, feed } = await started()
    page.take(watchedEvent(1, { type: undefined }, { type: 'track' }))
    const [event] = (await (await watching(feed)).next()).data.events
    expect(event.violations).toEqual([])
  })

  test('goes on where a page was cut off', async () => {
    const { page, feed } = await started()
    for (const number of numbers(1, 5)) page.take(watchedEvent(number))
    const first = await watching(feed)
    const { lastId } = await first.until(5)
    first.close()
    for (const number of numbers(6, 8)) page.take(watchedEvent(number))
    expect(await (await watching(feed, lastId)).until(3)).toMatchObject({ numbers: [6, 7, 8], missed: 0 })
  })

  test('tells a page that was away for long how many it missed', async () => {
    const { page, feed } = await started()
    for (const number of numbers(1, KEPT_MAX)) page.take(watchedEvent(number))
    for (const number of numbers(1, 40)) page.take(watchedEvent(number, {}, { atMs: 2e12 + number * 1000 }))
    const { numbers: told, missed } = await (await watching(feed, '30')).until(KEPT_MAX)
    expect({ first: told[0], last: told.at(-1), missed }).toEqual({ first: 41, last: 540, missed: 10 })
  })

  test('tells a page that reads too slowly how many it missed, while another misses none', async () => {
    const feed = new DebuggerFeed(() => [], 2)
    const watchers: ServerResponse[] = []
    const server = createServer((_, response) => {
      watchers.push(response)
      feed.watch(response, 0)
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    closing.push({ close: () => server.closeAllConnections() }, server)
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const [slow, quick] = [await watching(url), await watching(url)]
    const sent = { all: 0, sinceStall: 0 }
    // Large events until nothing more fits between feed and page; then more events than the feed keeps.
    while (sent.sinceStall < 2 * KEPT_MAX) {
      const text = 'x'.repeat(sent.sinceStall === 0 ? 60_000 : 10)
      for (let i = 0; i < 16; i++) feed.take(watchedEvent(0, {}, { atMs: 1e12 + ++sent.all * 1000, text }))
      expect((await quick.until(16)).missed).toBe(0)
      sent.sinceStall = watchers[0]!.writableNeedDrain ? sent.sinceStall + 16 : 0
    }
    const seen = { told: 0, missed: 0 }
    while (seen.told + seen.missed < sent.all) {
      const { data } = await slow.next()
      seen.told += data.events.length
      seen.missed += data.missed
    }
    expect(seen.missed).toBeGreaterThan(0)
    expect(seen.told + seen.missed).toBe(sent.all)
  })

  test('has no more watchers than it can carry, and says so', async () => {
    const { feed } = await started()
    const streams = await Promise.all(numbers(1, WATCHERS_MAX).map(() => watching(feed)))
    for (const stream of streams) expect((await stream.next()).event).toBe('told')
    expect((await (await watching(feed)).next()).event).toBe('full')
  })

  test('shows the beginning of what is longer than an event may be', async () => {
    const { page, feed } = await started()
    page.take(watchedEvent(1, {}, { text: 'y'.repeat(100_000) }))
    const [event] = (await (await watching(feed)).next()).data.events
    expect([event.text.length, event.chars]).toEqual([65_536, 100_000])
  })
})

describe('the door of the debugger', () => {
  test('opens only with its token', async () => {
    const { url, whole } = await started()
    expect((await exchange(whole)).status).toBe(200)
    for (const path of [
      'debugger',
      'debugger?token=',
      'debugger?token=x',
      'debugger/events',
      'debugger/events?token=%00',
    ])
      expect((await exchange(url + path)).status).toBe(403)
    expect((await exchange(whole.slice(0, -1))).status).toBe(403)
  })

  test.each(['127.0.0.1:80', 'localhost:80', 'LOCALHOST', '[::1]:80'])('opens for %s', async (host) => {
    const { whole } = await started()
    expect((await exchange(whole, { headers: { host } })).status).toBe(200)
  })

  test.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.1'])(
    'stays shut for a page that comes as %j',
    async (host) => {
      const { whole, feed } = await started()
      for (const url of [whole, feed]) expect((await exchange(url, { headers: { host } })).status).toBe(403)
    },
  )

  test('lets nothing run but the page’s own files', async () => {
    const { url, whole } = await started()
    const { headers, body } = await exchange(whole)
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/)
    expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'")
    expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' })
    expect(body).not.toMatch(/<script(?![^>]*src=)|<style|\son\w+=|style=/)
    for (const [, path] of body.matchAll(/(?:src|href)="\/(debugger\/[^"]+)"/g))
      expect((await exchange(url + path)).status).toBe(200)
  })

  test('knows what is not for it, and what it does not have', async () => {
    const { url, whole } = await started()
    for (const path of ['', 'debuggers', 'v1/track']) expect((await exchange(url + path)).body).toBe('not the debugger')
    expect((await exchange(`${url}debugger/../secret`)).status).toBe(404)
    expect((await exchange(`${url}debugger/toString`)).status).toBe(404)
    expect((await exchange(whole, { method: 'POST' })).status).toBe(405)
  })
})
