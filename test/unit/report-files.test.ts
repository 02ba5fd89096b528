import { decodeFromCompressedBase64, HistogramLogReader } from 'hdr-histogram-js'
import { describe, expect, test } from 'vitest'
import { junitXml } from '../../src/report/junit.ts'
import { latencyLog } from '../../src/report/latency-log.ts'
import { HOSTILE_TEXTS, withText } from '../support/hostile-texts.ts'
import { readXml, type XmlElement } from '../support/read-xml.ts'
import { failingReport, inconclusiveReport, soundReport } from '../support/reports.ts'
import { timed } from '../support/timed-report.ts'

describe('junit.xml', () => {
  test('has one case for each verdict, and counts what it holds', () => {
    const suite = suiteOf(junitXml(failingReport()))
    expect(suite.attributes).toMatchObject({ tests: '7', failures: '3', errors: '0', skipped: '1' })
    expect(suite.children.map(({ attributes }) => attributes.name?.split(':')[0])).toEqual([
      ...['no-loss', 'no-phantom', 'idempotent', 'unaltered', 'event-time', 'accepts-valid', 'latency'],
    ])
  })

  test('keeps what CI reads: failures, errors for what is unknown, skipped for what was not tested', () => {
    const results = (xml: string): string[] => suiteOf(xml).children.map(({ children }) => children[0]?.name ?? 'pass')
    expect(results(junitXml(soundReport()))).toEqual(Array.from({ length: 6 }, () => 'pass'))
    expect(results(junitXml(inconclusiveReport()))).toEqual([...Array.from({ length: 5 }, () => 'error'), 'pass'])
    expect(results(junitXml(failingReport())).filter((one) => one === 'failure')).toHaveLength(3)
  })

  test('is not green for a run that did not come to its end', () => {
    const sound = soundReport()
    const suite = suiteOf(junitXml({ ...sound, run: { ...sound.run, exitCode: 6 } }))
    expect(suite.attributes).toMatchObject({ tests: '7', errors: '1' })
  })

  test('stays well formed with whatever stands in it', () => {
    for (const text of [...HOSTILE_TEXTS, ']]>', '\u0000\u001b[31m\ufffe\ud800']) {
      const suite = suiteOf(junitXml(withText(failingReport(), text)))
      expect(suite.children, text).toHaveLength(4)
      for (const child of suite.children) expect(child.name, text).toBe('testcase')
    }
  })
})

describe('latency.hlog', () => {
  test('is read by HdrHistogram’s own reader: one line a tag', () => {
    const report = timed(soundReport(), 5)
    const reader = new HistogramLogReader(latencyLog(report))
    const read = [reader.nextIntervalHistogram(), reader.nextIntervalHistogram(), reader.nextIntervalHistogram()]
    expect(read.map((histogram) => histogram?.tag)).toEqual(['fromDue', 'fromSend', 'toAcceptance'])
    const whole = decodeFromCompressedBase64(report.latencyMs.fromSend.hdr)
    expect(read[1]?.summary).toEqual(whole.summary)
    expect(reader.nextIntervalHistogram()).toBeNull()
  })

  test('leaves out what was never recorded', () => {
    expect(latencyLog(soundReport())).not.toContain('Tag=')
  })
})

/** The one suite, after the shape of a JUnit file has been checked. */
function suiteOf(xml: string): XmlElement {
  const root = readXml(xml)
  expect(root.name).toBe('testsuites')
  expect(root.children).toHaveLength(1)
  const suite = root.children[0]!
  expect(Object.keys(suite.attributes)).toEqual(
    expect.arrayContaining(['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp']),
  )
  expect(suite.attributes.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
  expect(suite.children).toHaveLength(Number(suite.attributes.tests))
  for (const { name, attributes, children } of suite.children) {
    expect({ name, attributes: Object.keys(attributes) }).toEqual({
      name: 'testcase',
      attributes: ['name', 'classname', 'time'],
    })
    expect(children.length).toBeLessThanOrEqual(1)
    for (const child of children) expect(['failure', 'error', 'skipped']).toContain(child.name)
  }
  return suite
}
