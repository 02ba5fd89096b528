import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { summarize } from '../../src/analysis/summarize.ts'
import type { Report } from '../../src/model/report.ts'
import { buildReport } from '../../src/report/build.ts'
import { resultJson } from '../../src/report/json.ts'
import { parseResult, ResultUnreadable } from '../../src/report/parse-result.ts'
import { resultJsonSchema } from '../../src/report/schema.ts'
import { attemptOf, evenDeliveries, recordedRun } from '../support/recorded.ts'
import { failingReport, inconclusiveReport, soundReport } from '../support/reports.ts'

const validate = new Ajv2020({ strict: true, formats: { 'date-time': true } }).compile(resultJsonSchema())

function realReport(): Report {
  const deliveries = evenDeliveries(50, 20)
  const recorded = recordedRun(
    deliveries,
    deliveries.map((one) => attemptOf(one, { latencyMs: one.seq })),
  )
  const { audit, verdicts, notTested } = failingReport()
  return buildReport({ ...recorded, ...summarize(recorded), audit, verdicts, notTested, exitCode: 0 })
}

const reports: [string, Report][] = [
  ['sound', soundReport()],
  ['failing', failingReport()],
  ['inconclusive', inconclusiveReport()],
  ['from a ledger', realReport()],
]

test.each(reports)('result.json of a report (%s) is valid by its own JSON Schema', (_, report) => {
  const valid = validate(JSON.parse(resultJson(report)))
  expect(validate.errors).toBeNull()
  expect(valid).toBe(true)
})

test.each(reports)('a report (%s) is read again as it was, no field lost', (_, report) => {
  expect(parseResult(resultJson(report))).toEqual(report)
})

test('the JSON Schema refuses a result without its counts and lets later additions pass', () => {
  const { counts, ...rest } = soundReport()
  expect(validate(rest)).toBe(false)
  expect(validate({ ...rest, counts: { ...counts, later: 1 }, added: {} })).toBe(true)
})

test('keys stand in the order of the contract', () => {
  expect(Object.keys(JSON.parse(resultJson(realReport())))).toEqual(Object.keys(soundReport()))
  expect(Object.keys(realReport()).slice(0, 19).join(' ')).toBe(
    'schema run target counts rate successRatio latencyMs classes statuses serverErrorRatio retries recovery series ' +
      'phases connections generator audit verdicts notTested',
  )
})

const sound = resultJson(soundReport())

test.each([
  ['nothing', '', 'it is not JSON, or was cut off'],
  ['half of a result', sound.slice(0, sound.length / 2), 'it is not JSON, or was cut off'],
  ['a result with a NaN', sound.replace('"acked": 15750', '"acked": NaN'), 'it is not JSON, or was cut off'],
  ['a result with a null count', sound.replace('"acked": 15750', '"acked": null'), 'at counts.acked:'],
  [
    'a later version',
    sound.replace('result@1', 'result@2'),
    'it is a squall/result@2 and this squall reads squall/result@1',
  ],
  ['other JSON', '{"schema": 3}', 'it is no squall result'],
  ['a JSON text', '"squall"', 'it is no squall result'],
  ['a list', '[]', 'it is no squall result'],
])('%s is refused with one line that says why', (_, text, why) => {
  expect(() => parseResult(text)).toThrow(ResultUnreadable)
  expect(() => parseResult(text)).toThrow(why)
  expect(() => parseResult(text)).toThrow(/^[^\n]+$/)
})

test('a result cannot reach the prototype of what is read', () => {
  const hostile = sound.replace('"statuses": {', '"statuses": {"__proto__": 1, "constructor": 2, ')
  const { statuses } = parseResult(hostile)
  expect(Object.getPrototypeOf(statuses)).toBe(Object.prototype)
  expect(Object.hasOwn(statuses, '__proto__')).toBe(false)
})
