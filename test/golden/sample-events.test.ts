import { expect, test } from 'vitest'
import { Linter } from '../../src/lint/linter.ts'
import { sampleEvents } from '../support/sample-events.ts'

const CALLS = ['identify', 'track', 'page', 'screen', 'group', 'alias', 'delete']
const LIBRARIES = [
  'analytics.js',
  'analytics-ios',
  'analytics-swift',
  'analytics-android',
  'analytics-kotlin',
  '@segment/analytics-node',
  'analytics-python',
]

/** After a change of the generators: `npx vitest run test/golden/sample-events.test.ts -u`, and read the page. */
test('the page of sample events is what the generators make', async () => {
  await expect(sampleEvents()).toMatchFileSnapshot('../../reports/sample/events.ndjson')
})

test('the page shows every call and every library, and the linter finds nothing in it', () => {
  const lines = sampleEvents().trim().split('\n')
  const events = lines.map((line) => JSON.parse(line))
  expect([...new Set(events.map(({ type }) => type))].sort()).toEqual([...CALLS].sort())
  const libraries = events.map(({ context }) => context.library?.name)
  expect(new Set(libraries)).toEqual(new Set([...LIBRARIES, undefined]))
  const linter = new Linter('spec')
  lines.forEach((line, i) => {
    linter.take(line, i + 1)
  })
  expect(linter.report().findings).toEqual([])
})
