import { describe, expect, test } from 'vitest'
import { plain } from '../../src/cli/terminal/colors.ts'
import { renderResult } from '../../src/cli/terminal/result.ts'
import type { Report } from '../../src/model/report.ts'
import { failingReport, inconclusiveReport, soundReport } from '../support/reports.ts'

const view = {
  paint: plain,
  reportPath: 'reports/2026-01-01T00-00-00-k3f9a2bc/report.md',
  next: 'squall report reports/2026-01-01T00-00-00-k3f9a2bc',
}

const REPORTS: readonly (readonly [name: string, report: Report])[] = [
  ['sound', soundReport()],
  ['failing', failingReport()],
  ['inconclusive', inconclusiveReport()],
]

describe('the result on a terminal', () => {
  for (const [name, report] of REPORTS) {
    test(`a ${name} run reads as before at 80 columns`, async () => {
      await expect(renderResult(report, { ...view, width: 80 })).toMatchFileSnapshot(`cli-result-${name}.txt`)
    })

    for (const width of [80, 100, 120]) {
      test(`no line of a ${name} run is wider than ${width} columns`, () => {
        const lines = renderResult(report, { ...view, width }).split('\n')
        expect(lines.filter((line) => line.length > width)).toEqual([])
      })
    }
  }

  test('a run that sent nothing shows no empty tables', () => {
    const { counts, ...rest } = soundReport()
    const text = renderResult({ ...rest, counts: { ...counts, sent: 0, attempts: 0 } }, { ...view, width: 80 })
    expect(text).toContain('nothing was sent')
    expect(text).not.toMatch(/Latency|Answers/)
  })

  test('nothing that an endpoint said reaches the terminal raw', () => {
    expect(renderResult(failingReport(), { ...view, width: 80 })).not.toMatch(/[^\n\P{Cc}]/u)
  })

  test('what several verdicts have in common is said once', () => {
    expect(renderResult(inconclusiveReport(), { ...view, width: 80 }).match(/→ run squall audit/g)).toHaveLength(1)
  })
})
