import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** The rules whose answer hangs on the theme; all others look at what is there, which is the same in both. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/** What axe finds wrong with a page, all that it folds unfolded: by every rule in its light theme, and by those of colours in the dark one. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
  await page.evaluate(axe.source)
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  const light = await violations(page, {})
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  const dark = await violations(page, { runOnly: { type: 'rule', values: OF_COLOURS } })
  return [...light, ...dark.map((found) => `dark: ${found}`)]
}

async function violations(page: Page, options: axe.RunOptions): Promise<string[]> {
  // To find a selector for each element takes a fifth of its time.
  const asked = JSON.stringify({ resultTypes: ['violations'], selectors: false, ...options })
  const found = (await page.evaluate(`axe.run(${asked})`)) as axe.AxeResults
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}
