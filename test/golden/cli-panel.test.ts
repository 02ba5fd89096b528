import { describe, expect, test } from 'vitest'
import { plain } from '../../src/cli/terminal/colors.ts'
import { renderPanel, renderProgressLine } from '../../src/cli/terminal/panel.ts'
import { snapshot } from '../support/snapshots.ts'

const view = {
  title: 'replay-burst · run k3f9a2bc → http://127.0.0.1:4021/',
  rates: [0, 120, 300, 480, 500, 505, 490, 498],
  paint: plain,
}

describe('the live panel', () => {
  test('a run under way reads as before at 80 columns', async () => {
    await expect(`${renderPanel(snapshot(), { ...view, width: 80 })}\n`).toMatchFileSnapshot('cli-panel-sending.txt')
  })

  test('a run that drains reads as before at 80 columns', async () => {
    const draining = snapshot({ stage: 'draining', sent: 15_750, atMs: 34_000, ratePerSecond: 3 })
    await expect(`${renderPanel(draining, { ...view, width: 80 })}\n`).toMatchFileSnapshot('cli-panel-draining.txt')
  })

  test('in a pipe the same is one line', async () => {
    await expect(`${renderProgressLine(snapshot())}\n`).toMatchFileSnapshot('cli-panel-line.txt')
  })

  for (const width of [40, 80, 120]) {
    test(`no line is wider than ${width} columns`, () => {
      const busy = snapshot({
        classes: { '2xx': 1e6, '3xx': 1e6, '4xx': 1e6, '5xx': 1e6, timeout: 1e6, refused: 1e6, reset: 1e6 },
      })
      const lines = renderPanel(busy, { ...view, title: 'a'.repeat(200), width }).split('\n')
      expect(lines.filter((line) => line.length > width)).toEqual([])
    })
  }
})
