import { expect, test } from 'vitest'
import { summarize } from '../../src/analysis/summarize.ts'
import { readLedger } from '../../src/ledger/reader.ts'
import type { Report } from '../../src/model/report.ts'
import { buildReport } from '../../src/report/build.ts'
import { failedNdjson } from '../../src/report/failed-ndjson.ts'
import { resultJson } from '../../src/report/json.ts'
import { reportMarkdown } from '../../src/report/markdown.ts'
import { failingReport, inconclusiveReport, soundReport } from '../support/reports.ts'
import { roughRun } from '../support/rough-run.ts'

const setting = { seed: 7, deliveries: 60, lanes: 4, writers: 2, stopAtMs: 2000, killAtMs: 1e9 }

function factsOf(run: ReturnType<typeof roughRun>) {
  return summarize({
    ...run,
    parts: run.files.map(
      ({ bytes }) =>
        (visit) =>
          readLedger([bytes], visit),
    ),
    messageIdAt: (index) => `message-${index}`,
  })
}

function reportOf(run: ReturnType<typeof roughRun>): Report {
  const { audit, verdicts, notTested } = failingReport()
  return buildReport({ ...run, ...factsOf(run), audit, verdicts, notTested, exitCode: 1 })
}

test('a ledger gives this result.json, to the byte', async () => {
  await expect(resultJson(reportOf(roughRun(setting)))).toMatchFileSnapshot('result.expected.json')
})

test('a ledger gives this list of failed deliveries, to the byte', async () => {
  const { unacked } = factsOf(roughRun(setting))
  const text = [...failedNdjson(unacked(), (index) => `message-${index}`)].join('')
  await expect(text).toMatchFileSnapshot('failed.expected.ndjson')
})

test.each([
  ['sound', soundReport()],
  ['failing', failingReport()],
  ['inconclusive', inconclusiveReport()],
  ['simulated', reportOf(roughRun(setting))],
])('a report of a %s run reads like this', async (name, report) => {
  await expect(reportMarkdown(report)).toMatchFileSnapshot(`report-${name}.expected.md`)
})
