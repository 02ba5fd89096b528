import { expect, test } from 'vitest'
import { reportHtml } from '../../src/report/html/report-html.ts'
import { junitXml } from '../../src/report/junit.ts'
import { latencyLog } from '../../src/report/latency-log.ts'
import { failingReport, inconclusiveReport, soundReport } from '../support/reports.ts'
import { timed } from '../support/timed-report.ts'

/** The page without its own script and style: what the report says. */
const bare = { script: { text: '/* script */', sha256: 'script' }, style: { text: '/* style */', sha256: 'style' } }

test.each([
  ['sound', timed(soundReport(), 12)],
  ['failing', timed(failingReport(), 12)],
  ['inconclusive', inconclusiveReport()],
])('a report of a %s run is this page, to the byte', async (name, report) => {
  await expect(reportHtml(report, bare)).toMatchFileSnapshot(`report-${name}.expected.html`)
})

test.each([
  ['sound', soundReport()],
  ['failing', failingReport()],
  ['inconclusive', inconclusiveReport()],
])('a report of a %s run is this JUnit file, to the byte', async (name, report) => {
  await expect(junitXml(report)).toMatchFileSnapshot(`junit-${name}.expected.xml`)
})

test('latencies are this HdrHistogram log, to the byte', async () => {
  await expect(latencyLog(timed(soundReport(), 12))).toMatchFileSnapshot('latency.expected.hlog')
})
