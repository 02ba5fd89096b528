import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reportAssets } from '../../src/adapters/report-assets.ts'
import type { Readiness } from '../../src/model/readiness.ts'
import { readinessHtml } from '../../src/report/readiness/readiness-html.ts'
import { axeFindings } from '../support/axe-findings.ts'
import { launchChromium } from '../support/chromium.ts'
import { HOSTILE_TEXTS, LONG } from '../support/hostile-texts.ts'
import {
  failingReadiness,
  inconclusiveReadiness,
  readinessDocument,
  soundReadiness,
} from '../support/readiness-documents.ts'

let browser: Browser
const assets = reportAssets()
const failing = failingReadiness()

beforeAll(async () => {
  browser = await launchChromium()
})

afterAll(() => browser?.close())

describe('the page of a readiness document', () => {
  test('says without a script what holds, what does not, and how that is mended', async () => {
    const { page } = await opened(failing, { javaScriptEnabled: false })
    expect(await page.locator('h1').textContent()).toMatch(/^Not ready: 3 of \d+ conditions refuted$/)
    expect(await page.locator('#replay .verdict.pass').count()).toBe(3)
    expect(await page.locator('#condition-nothing-lost .fix').textContent()).toContain('How partners usually mend it')
  })

  test('asks nothing of anybody and complains of nothing', async () => {
    const { asked, said } = await opened(failing)
    expect({ asked, said }).toEqual({ asked: [], said: [] })
  })

  test('leads from a condition to the events that refute it, with the keyboard alone', async () => {
    const { page } = await opened(failing)
    await page.locator('#condition-nothing-doubled .fix a').focus()
    await page.keyboard.press('Enter')
    expect(await page.evaluate('location.hash')).toBe('#refuted-nothing-doubled')
    await page.locator('#refuted .failures summary').first().focus()
    await page.keyboard.press('Enter')
    expect(await page.locator('#refuted .failures pre:visible').count()).toBeGreaterThan(0)
  })

  test.each([380, 900, 1400])('fits a window %i pixels wide', async (width) => {
    const { page } = await opened(failing, { viewport: { width, height: 800 } })
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  })

  test('prints to few pages', async () => {
    const { page } = await opened(soundReadiness(), { colorScheme: 'dark' })
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1')
    expect(Number(/\/Count (\d+)/.exec(pdf)?.[1])).toBeLessThanOrEqual(8)
  })
})

describe('axe finds nothing', () => {
  const documents = { sound: soundReadiness(), failing, inconclusive: inconclusiveReadiness() }

  test.each(Object.entries(documents))('in the readiness of a %s partner, light or dark', async (_, readiness) => {
    const { page } = await opened(readiness, { colorScheme: 'light', reducedMotion: 'reduce' })
    expect(await axeFindings(page)).toEqual([])
  })
})

test('hostile texts in every place that is not ours do nothing', { timeout: 60_000 }, async () => {
  // A small window: what is not seen need not be painted.
  const page = await browser.newPage({ viewport: { width: 320, height: 200 } })
  const seen = watched(page)
  const harmless = new Map<number, unknown>()
  for (const text of HOSTILE_TEXTS.filter((_, i) => i % 5 === 0)) {
    const length = Math.min(text.length, LONG)
    if (!harmless.has(length)) {
      await page.setContent(pageOf(withText('x'.repeat(length))))
      harmless.set(length, await page.evaluate(ELEMENTS))
    }
    await page.setContent(pageOf(withText(text)))
    expect({ text, elements: await page.evaluate(ELEMENTS) }).toEqual({ text, elements: harmless.get(length) })
    expect(await page.evaluate('window.hacked ?? null')).toBe(null)
  }
  expect(seen).toEqual({ asked: [], said: [], dialogs: [] })
})

const ELEMENTS = "document.querySelectorAll('main *').length"

/** What an endpoint or a user decides, with this text in every place of it. */
function withText(text: string): Readiness {
  const evidence = { [text]: text, rows: [{ messageId: text, [text]: text }] }
  const readiness = readinessDocument(() => ({ status: 'fail', claim: text, fix: text, evidence }), {
    only: ['steady', 'duplicates'],
    changes: { notes: [{ atS: 1, text }] },
  })
  const { suite } = readiness
  return { ...readiness, target: { url: text }, receipts: text, suite: { ...suite, command: text } }
}

async function opened(readiness: Readiness, options: BrowserContextOptions = {}) {
  const page = await browser.newPage(options)
  const seen = watched(page)
  await page.setContent(pageOf(readiness))
  return { ...seen, page }
}

/** All that a page asks for, says and pops up. */
function watched(page: Page) {
  const seen = { asked: [] as string[], said: [] as string[], dialogs: [] as string[] }
  page.on('request', (request) => seen.asked.push(request.url()))
  page.on('console', (message) => seen.said.push(message.text()))
  page.on('pageerror', (error) => seen.said.push(error.message))
  page.on('dialog', (dialog) => {
    seen.dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  return seen
}

function pageOf(readiness: Readiness): string {
  return readinessHtml(readiness, assets, (_, messageId) => ({
    method: 'POST',
    url: messageId,
    headers: [messageId, messageId],
    user: '$API_KEY:',
    body: messageId,
  }))
}
