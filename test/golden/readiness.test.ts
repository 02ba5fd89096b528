import { expect, test } from 'vitest'
import { readinessHtml } from '../../src/report/readiness/readiness-html.ts'
import { readinessMarkdown } from '../../src/report/readiness/readiness-markdown.ts'
import { failingReadiness, inconclusiveReadiness, soundReadiness } from '../support/readiness-documents.ts'

/** The page without its own script and style: what the document says. */
const bare = { script: { text: '/* script */', sha256: 'script' }, style: { text: '/* style */', sha256: 'style' } }

const CASES = [
  ['sound', soundReadiness()],
  ['failing', failingReadiness()],
  ['inconclusive', inconclusiveReadiness()],
] as const

test.each(CASES)('the readiness of a %s partner is this page, to the byte', async (name, readiness) => {
  await expect(readinessHtml(readiness, bare)).toMatchFileSnapshot(`readiness-${name}.expected.html`)
})

test.each(CASES)('the readiness of a %s partner is this text, to the byte', async (name, readiness) => {
  await expect(readinessMarkdown(readiness)).toMatchFileSnapshot(`readiness-${name}.expected.md`)
})
