import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reportAssets } from '../../src/adapters/report-assets.ts'
import type { Report } from '../../src/model/report.ts'
import { reportHtml } from '../../src/report/html/report-html.ts'
import { axeFindings } from '../support/axe-findings.ts'
import { launchChromium } from '../support/chromium.ts'
import { HOSTILE_TEXTS, LONG, withText } from '../support/hostile-texts.ts'
import { failingReport, inconclusiveReport, soundReport } from '../support/reports.ts'
import { timed } from '../support/timed-report.ts'

let browser: Browser
const assets = reportAssets()

beforeAll(async () => {
  browser = await launchChromium()
})

afterAll(() => browser?.close())

const failing = timed(failingReport(), 40)

describe('the page of a report', () => {
  test('shows verdicts, figures and still charts without a script', async () => {
    const { page } = await opened(failing, { javaScriptEnabled: false })
    expect(await page.locator('h1').textContent()).toBe('Fail: 3 of 6 verdicts')
    expect(await page.locator('.verdict.fail .claim').first().textContent()).toContain('11 of 14 880')
    expect(await page.locator('#deliveries .sum').first().textContent()).toContain(
      '15 750 planned = 15 748 sent + 2 not sent',
    )
    expect(await page.locator('svg.still:visible').count()).toBe(5)
    expect(await page.locator('button:visible').count()).toBe(0)
  })

  test('draws charts that one can read with the pointer', async () => {
    const { page } = await opened(failing)
    expect(await page.locator('.plot canvas:visible').count()).toBe(5)
    expect(await page.locator('svg.still:visible').count()).toBe(0)
    await page.locator('#chart-rate .u-over').hover({ position: { x: 120, y: 60 } })
    expect(await page.locator('#chart-rate .reading').first().textContent()).toMatch(/^\d+/)
    expect(await page.locator('#chart-latency .reading').first().textContent()).toMatch(/^\d+/)
  })

  test('asks nothing of anybody and complains of nothing', async () => {
    const { asked, said } = await opened(failing)
    expect({ asked, said }).toEqual({ asked: [], said: [] })
  })

  test('has another theme', async () => {
    const { page } = await opened(failing, { colorScheme: 'light' })
    const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
    const light = await paper()
    await page.click('#theme')
    expect(await paper()).not.toBe(light)
    expect(await page.locator('.plot canvas:visible').count()).toBe(5)
  })

  test('can be used with the keyboard alone', async () => {
    const { page } = await opened(failing)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('To the verdicts')
    await page.locator('.failures summary').first().focus()
    await page.keyboard.press('Enter')
    expect(await page.locator('.failures pre:visible').count()).toBeGreaterThan(0)
  })

  test.each([380, 900, 1400])('fits a window %i pixels wide', async (width) => {
    const { page } = await opened(failing, { viewport: { width, height: 800 } })
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  })

  test('prints to few pages, with still charts', async () => {
    const { page } = await opened(failing, { colorScheme: 'dark' })
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1')
    expect(Number(/\/Count (\d+)/.exec(pdf)?.[1])).toBeLessThanOrEqual(6)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('svg.still:visible').count()).toBe(5)
  })
})

describe('axe finds nothing', () => {
  const reports = {
    sound: timed(soundReport(), 5),
    failing: timed(failingReport(), 5),
    inconclusive: inconclusiveReport(),
  }

  test.each(Object.entries(reports))('in a %s report, light or dark', async (_, report) => {
    const { page } = await opened(report, { colorScheme: 'light', reducedMotion: 'reduce' })
    expect(await axeFindings(page)).toEqual([])
  })
})

describe('a hundred hostile texts in every place that is not ours', () => {
  const plain = timed(failingReport(), 2)
  const harmless = new Map<number, string>()

  test('make no element and no attribute of their own, and do nothing in a page that is open', async () => {
    expect(new Set(HOSTILE_TEXTS).size).toBe(100)
    // A small window: what is not seen need not be painted a hundred times.
    const page = await browser.newPage({ viewport: { width: 320, height: 200 } })
    const seen = watched(page)
    for (const text of HOSTILE_TEXTS) {
      const html = pageOf(withText(plain, text))
      const [shape, elements] = await page.evaluate<[string, number]>(`[${shapeOf(html)}, ${elementsOf('parsed')}]`)
      expect({ text, shape }).toEqual({ text, shape: await harmlessShape(page, text.length) })
      await page.setContent(html)
      const open = await page.evaluate(`[window.hacked ?? null, ${elementsOf('document')}]`)
      expect({ text, open }).toEqual({ text, open: [null, elements] })
    }
    expect(seen).toEqual({ asked: [], said: [], dialogs: [] })
  })

  /** That of the same page with as much text that means nothing. */
  async function harmlessShape(page: Page, textLength: number): Promise<string> {
    const length = Math.min(textLength, LONG)
    const shape =
      harmless.get(length) ?? (await page.evaluate<string>(shapeOf(pageOf(withText(plain, 'x'.repeat(length))))))
    harmless.set(length, shape)
    return shape
  }
})

/** Every element that a parser makes of a page, with the names of its attributes, as an expression; nothing of the page is run. */
function shapeOf(html: string): string {
  const parsed = `parsed = new DOMParser().parseFromString(${JSON.stringify(html)}, 'text/html')`
  return `[...(${parsed}).querySelectorAll('*')].map((one) => [one.localName, ...one.getAttributeNames()].join(' ')).join(' > ')`
}

/** How many elements a document has, those left out that the page's own script makes. */
function elementsOf(document: string): string {
  return `${document}.querySelectorAll('main *:not(.plot *, .command button)').length`
}

async function opened(report: Report, options: BrowserContextOptions = {}) {
  const page = await browser.newPage(options)
  const seen = watched(page)
  await page.setContent(pageOf(report))
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

function pageOf(report: Report): string {
  return reportHtml(report, assets, (messageId) => ({
    method: 'POST',
    url: messageId,
    headers: [messageId, messageId],
    user: messageId,
    body: messageId,
  }))
}
