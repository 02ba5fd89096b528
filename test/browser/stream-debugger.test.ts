import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { KEPT_MAX } from '../../src/adapters/endpoints/event-sample.ts'
import { startStream } from '../../src/adapters/endpoints/start-stream.ts'
import { violationsOf } from '../../src/lint/violations.ts'
import { axeFindings } from '../support/axe-findings.ts'
import { launchChromium } from '../support/chromium.ts'
import { type DebuggerServer, startDebugger, watchedEvent } from '../support/debugger-server.ts'
import { exchange } from '../support/exchange.ts'
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts'

let browser: Browser
const closing: { close(): unknown }[] = []

beforeAll(async () => {
  browser = await launchChromium()
})
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close()
})
afterAll(() => browser?.close())

/** A page that is connected, and all that it asks others for, says and pops up. */
async function opened(options: BrowserContextOptions = {}) {
  const server = await startDebugger()
  const page = await browser.newPage(options)
  closing.push(page, server)
  const seen = { elsewhere: [] as string[], said: [] as string[], dialogs: [] as string[] }
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url)) seen.elsewhere.push(request.url())
  })
  page.on('console', (message) => seen.said.push(message.text()))
  page.on('pageerror', (error) => seen.said.push(error.message))
  page.on('dialog', (dialog) => {
    seen.dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await page.goto(`${server.url}${server.page.path}`)
  await page.locator('.link.live').waitFor()
  return { ...server, server, tab: page, seen }
}

const take = ({ page }: DebuggerServer, from: number, to: number): void => {
  for (let number = from; number <= to; number++) page.take(watchedEvent(number))
}

const rows = (tab: Page) => tab.locator('.event:visible')
const titles = (tab: Page) => tab.locator('.event:visible .title').allTextContents()
const users = (tab: Page) => tab.locator('.event:visible .user').allTextContents()

/** One of each call, one that breaks rules, one that was discarded. */
function takeAllKinds({ page }: DebuggerServer): void {
  page.take(watchedEvent(1))
  page.take(watchedEvent(2, { type: 'identify', event: undefined, properties: undefined, traits: { plan: 'pro' } }))
  page.take(watchedEvent(3, { type: 'page', event: undefined, name: 'Pricing' }))
  page.take(watchedEvent(4, { event: 'Purchase', userId: undefined, anonymousId: 'a' }))
  page.take(watchedEvent(5, { event: 'Unsubscribed' }, { code: 'duplicate' }))
  page.take(watchedEvent(6, { event: 'Email Bounced', context: {} }, { code: 'unknown_source', source: '' }))
}

describe('the page of the stream', () => {
  test('says how to send a first event, and shows it as soon as it comes', async () => {
    const { tab, server, url } = await opened()
    const command = await tab.locator('#first').textContent()
    expect(command).toContain(`curl ${url}v1/track -u "$WRITE_KEY:"`)
    const sent = /-d '(.*)'$/s.exec(command!)![1]!
    server.page.take(watchedEvent(1, JSON.parse(sent)))
    await rows(tab).first().waitFor()
    expect(await titles(tab)).toEqual(['Email Opened'])
    expect(await tab.locator('#empty').isVisible()).toBe(false)
    expect(await tab.locator('.event .mark').count()).toBe(0)
  })

  test('lists what comes, the newest first, and counts it', async () => {
    const { tab, server } = await opened()
    takeAllKinds(server)
    await rows(tab).nth(5).waitFor()
    expect(await titles(tab)).toEqual(['Email Bounced', 'Unsubscribed', 'Purchase', 'Pricing', 'plan', 'Email Opened'])
    expect(await users(tab)).toEqual(['user-6', 'user-5', '', 'user-3', 'user-2', 'user-1'])
    expect(await tab.locator('.chip').allTextContents()).toEqual([
      'track',
      'track',
      'track',
      'page',
      'identify',
      'track',
    ])
    expect(await tab.locator('.event .source').first().textContent()).toBe('')
    expect(await tab.locator('.event .source').last().textContent()).toBe('Mailer')
    expect(await tab.locator('#taken').textContent()).toBe('6')
    expect(await tab.locator('#discarded').textContent()).toBe('2')
    expect(await tab.locator('#breaking').textContent()).toBe('2')
    expect(await tab.locator('#unshown').textContent()).toBe('0')
  })

  test('marks what breaks a rule and what was discarded, and says why', async () => {
    const { tab, server } = await opened()
    takeAllKinds(server)
    await rows(tab).nth(5).waitFor()
    await rows(tab).nth(2).click()
    const words = await tab.locator('.violations').textContent()
    expect(words).toContain('stream-user-id')
    expect(words).toContain('To mend it: ')
    await rows(tab).nth(1).click()
    expect(await tab.locator('.callout.error').textContent()).toMatch(/Discarded: duplicate.*was taken before/)
    await rows(tab).nth(5).click()
    expect(await tab.locator('#detail .callout').count()).toBe(0)
  })

  test('shows JSON as it came, to the digit, and copies it', async () => {
    const { tab, server } = await opened({ permissions: ['clipboard-read', 'clipboard-write'] })
    const text = '{"n":1.0,"big":12345678901234567890,"a":[],"o":{},"b":[1e2,{"a b":"x: {,}\\" \\u202e"}],"n":null}'
    server.page.take(watchedEvent(1, {}, { text }))
    await rows(tab).first().click()
    const json = await tab.locator('pre.json').textContent()
    expect(json?.split('\n').slice(0, 4)).toEqual(['{', '  "n": 1.0,', '  "big": 12345678901234567890,', '  "a": [],'])
    expect(json?.replaceAll(/\n */g, '').replaceAll(/": /g, '":')).toBe(text)
    await tab.click('#detail .copy')
    await tab.locator('#detail .copy', { hasText: 'Copied' }).waitFor()
    expect(await tab.evaluate('navigator.clipboard.readText()')).toBe(json)
  })

  test('shows what is no JSON, or nested too deep to read, all the same', async () => {
    const { tab, server, seen } = await opened()
    server.page.take(watchedEvent(1, {}, { text: '{"a": nothing]' }))
    server.page.take(watchedEvent(2, {}, { text: `${'['.repeat(5000)}${']'.repeat(5000)}` }))
    await rows(tab).nth(1).click()
    expect(await tab.locator('pre.json').textContent()).toBe('{"a": nothing]')
    await rows(tab).nth(0).click()
    const deep = await tab.locator('pre.json').textContent()
    expect(deep?.replaceAll(/\s/g, '')).toHaveLength(10_000)
    expect(deep!.length).toBeLessThan(1_000_000)
    expect(seen.said).toEqual([])
  })

  test('finds by text, by type and by trouble', async () => {
    const { tab, server } = await opened()
    takeAllKinds(server)
    await rows(tab).nth(5).waitFor()
    await tab.fill('#text', 'USER-3')
    expect(await titles(tab)).toEqual(['Pricing'])
    take(server, 30, 30)
    await rows(tab).nth(1).waitFor()
    expect(await users(tab)).toEqual(['user-30', 'user-3'])
    await tab.fill('#text', '')
    await tab.selectOption('#type', 'identify')
    expect(await users(tab)).toEqual(['user-2'])
    await tab.selectOption('#type', '')
    await tab.selectOption('#only', 'breaking')
    expect(await titles(tab)).toEqual(['Email Bounced', 'Purchase'])
    await tab.selectOption('#only', 'discarded')
    expect(await titles(tab)).toEqual(['Email Bounced', 'Unsubscribed'])
    await tab.fill('#text', 'nobody has this')
    expect(await tab.locator('#none').isVisible()).toBe(true)
    await tab.click('#all')
    expect(await rows(tab).count()).toBe(7)
  })

  test('holds still when it is told to, says how many wait, and shows them afterwards', async () => {
    const { tab, server } = await opened()
    take(server, 1, 2)
    await rows(tab).nth(1).waitFor()
    await tab.click('#pause')
    take(server, 3, 5)
    await tab.locator('#pause', { hasText: 'Resume (3 waiting)' }).waitFor()
    expect(await users(tab)).toEqual(['user-2', 'user-1'])
    expect(await tab.locator('#taken').textContent()).toBe('5')
    await tab.click('#pause')
    expect(await users(tab)).toEqual(['user-5', 'user-4', 'user-3', 'user-2', 'user-1'])
  })

  test('forgets what it shows when it is cleared, and goes on', async () => {
    const { tab, server } = await opened()
    take(server, 1, 2)
    await rows(tab).nth(1).waitFor()
    await tab.click('#clear')
    expect(await rows(tab).count()).toBe(0)
    expect(await tab.locator('#cleared').isVisible()).toBe(true)
    take(server, 3, 3)
    await rows(tab).first().waitFor()
    expect(await users(tab)).toEqual(['user-3'])
  })

  test('keeps the last five hundred', async () => {
    const { tab, server } = await opened()
    take(server, 1, KEPT_MAX)
    await tab.locator('#shown', { hasText: '500 shown' }).waitFor()
    server.page.take(watchedEvent(1000))
    await tab.locator('.user', { hasText: 'user-1000' }).waitFor()
    expect(await tab.locator('.event').count()).toBe(KEPT_MAX)
    expect(await users(tab)).not.toContain('user-1')
  })

  test('can be used with the keyboard alone', async () => {
    const { tab, server } = await opened()
    take(server, 1, 3)
    await rows(tab).nth(2).waitFor()
    await tab.keyboard.press('Tab')
    expect(await tab.evaluate('document.activeElement.textContent')).toBe('To the events')
    await tab.locator('#list').focus()
    await tab.keyboard.press('ArrowDown')
    await tab.keyboard.press('ArrowDown')
    expect(await tab.locator('[aria-selected="true"] .user').textContent()).toBe('user-2')
    expect(await tab.locator('#detail').textContent()).toContain('user-2')
    await tab.keyboard.press('Enter')
    expect(await tab.evaluate('document.activeElement.textContent')).toBe('Email Opened')
    await tab.keyboard.press('Escape')
    expect(await tab.evaluate('document.activeElement.id')).toBe('list')
    await tab.keyboard.press('End')
    expect(await tab.locator('[aria-selected="true"] .user').textContent()).toBe('user-1')
    await tab.keyboard.press('p')
    expect(await tab.locator('#pause').textContent()).toBe('Resume (0 waiting)')
    await tab.keyboard.press('/')
    await tab.keyboard.type('p/')
    expect(await tab.inputValue('#text')).toBe('p/')
  })

  test('takes a broken connection up again, and says what it missed meanwhile', async () => {
    const { tab, server, url, page } = await opened()
    take(server, 1, 3)
    await rows(tab).nth(2).waitFor()
    server.close()
    await tab.locator('.link.lost').waitFor()
    for (let number = 4; number <= KEPT_MAX + 23; number++)
      page.take(watchedEvent(number, {}, { atMs: 2e12 + number * 100 }))
    closing.push(await startDebugger(Number(new URL(url).port), page))
    await tab.locator('.link.live').waitFor()
    await tab.locator('#why', { hasText: '20 missed by this page' }).waitFor()
    await tab.locator('#shown', { hasText: '500 shown' }).waitFor()
    expect((await users(tab)).at(0)).toBe('user-523')
  })

  test('says so when its address is no longer good', async () => {
    const { tab, server, url } = await opened()
    server.close()
    await tab.locator('.link.lost').waitFor()
    closing.push(await startDebugger(Number(new URL(url).port)))
    await tab.locator('.link.ended').waitFor()
    expect(await tab.locator('#link').textContent()).toContain('no longer good')
  })

  test('has another theme, asks nothing of anybody else and complains of nothing', async () => {
    const { tab, server, seen } = await opened({ colorScheme: 'light' })
    const paper = () => tab.evaluate('getComputedStyle(document.body).backgroundColor')
    const light = await paper()
    await tab.click('#theme')
    expect(await paper()).not.toBe(light)
    takeAllKinds(server)
    await rows(tab).nth(5).click()
    expect(seen).toEqual({ elsewhere: [], said: [], dialogs: [] })
  })

  test('fits a window of any width, with and without an event open', async () => {
    const { tab, server } = await opened()
    const overflow = () =>
      tab.evaluate('[document.body.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]')
    server.page.take(watchedEvent(0, { event: 'x'.repeat(3000), userId: 'y'.repeat(3000) }, { code: 'z'.repeat(90) }))
    takeAllKinds(server)
    await rows(tab).nth(6).waitFor()
    for (const width of [380, 900, 1400]) {
      await tab.setViewportSize({ width, height: 800 })
      expect(await overflow()).toEqual([0, 0])
      await rows(tab).nth(6).click()
      expect(await overflow()).toEqual([0, 0])
      await tab.keyboard.press('Escape')
      expect(await rows(tab).count()).toBe(7)
    }
  })
})

test('axe finds nothing: before anything came, with events and one open, paused, cut off; light or dark', async () => {
  const { tab, server } = await opened()
  expect(await axeFindings(tab)).toEqual([])
  takeAllKinds(server)
  await rows(tab).nth(2).click()
  expect(await axeFindings(tab)).toEqual([])
  await tab.click('#pause')
  await tab.fill('#text', 'nobody has this')
  server.close()
  await tab.locator('.link.lost').waitFor()
  expect(await axeFindings(tab)).toEqual([])
})

test('what the embedded API takes and what it discards is there', async () => {
  const stream = await startStream({
    port: 0,
    store: 'memory',
    faults: [],
    seed: 1,
    overRate: 'delay',
    dedupeMs: 60_000,
    writeKeys: [],
    regenerated: undefined,
    region: 'us',
    lint: (text, call) => violationsOf(text, call, 'stream'),
  })
  const tab = await browser.newPage()
  closing.push(tab, stream)
  await tab.goto(stream.debugger!)
  await tab.locator('.link.live').waitFor()
  const context = { integration: { name: 'mailer', version: '1.0.0' } }
  const event = { messageId: 'm1', userId: 'user-1', event: 'Email Opened', context }
  const headers = { authorization: `Basic ${Buffer.from('a-key:').toString('base64')}` }
  for (const path of ['v1/track', 'v1/t'])
    await exchange(stream.url + path, { method: 'POST', body: JSON.stringify(event), headers })
  await rows(tab).nth(1).waitFor()
  expect(await tab.locator('.event .marks').allTextContents()).toEqual(['duplicate', ''])
  expect(await tab.locator('#discarded').textContent()).toBe('1')
  expect(await tab.content()).not.toContain('a-key')
})

test('a hundred hostile texts in every place of an event do nothing', async () => {
  expect(new Set(HOSTILE_TEXTS).size).toBe(100)
  const { tab, server, seen } = await opened()
  const told = (text: string) => ({ messageId: text, type: text, event: text, userId: text, source: text, code: text })
  const fields = (text: string) => ({
    type: text,
    event: text,
    name: text,
    traits: { [text]: text },
    context: { [text]: { [text]: [text] } },
  })
  HOSTILE_TEXTS.forEach((text, i) => {
    server.page.take(watchedEvent(2 * i, fields(text), told(text)))
    const harmless = 'x'.repeat(text.length)
    server.page.take(watchedEvent(2 * i + 1, fields(harmless), told(harmless)))
  })
  await tab.locator('#shown', { hasText: '200 shown' }).waitFor()
  await tab.evaluate(CLICK_EACH)
  const { counts, hacked } = (await tab.evaluate('({ counts: window.counts, hacked: window.hacked ?? null })')) as {
    counts: string[]
    hacked: unknown
  }
  expect(hacked).toBeNull()
  expect(counts).toHaveLength(200)
  for (let i = 0; i < counts.length; i += 2) expect(counts[i]).toBe(counts[i + 1])
  expect(seen).toEqual({ elsewhere: [], said: [], dialogs: [] })
})

/** Opens each event and notes which elements its row and its detail consist of. */
const CLICK_EACH = `window.counts = [...document.querySelectorAll('.event')].map((row) => {
  row.click()
  const elements = [...row.querySelectorAll('*'), ...document.querySelectorAll('#detail *')]
  return elements.map(({ nodeName }) => nodeName).join(' ')
})`
