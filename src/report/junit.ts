import { EXIT } from '../model/exit-code.ts'
import type { Report } from '../model/report.ts'
import type { Verdict } from '../model/verdict.ts'

/** What XML 1.0 cannot carry, and control characters that it could. */
const ILLEGAL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not stand in XML
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g

/** Exit codes that the verdicts alone explain. */
const JUDGED: readonly number[] = [EXIT.ok, EXIT.fail, EXIT.inconclusive]

/**
 * `junit.xml`: one case for each verdict. What fails is a failure, what is unknown an error (it is no pass), what was not tested is skipped.
 * A run that did not come to its end is an error of its own.
 */
export function junitXml(report: Report): string {
  const { run, verdicts, notTested } = report
  const cases = [
    ...verdicts.map((verdict) => testCase(report, `${verdict.id}: ${verdict.title}`, resultOf(verdict))),
    ...notTested.map(({ id, reason }) => testCase(report, id, element('skipped', { message: reason }))),
    ...endings(report),
  ]
  const errors = having(verdicts, 'unknown') + endings(report).length
  const totals = { tests: cases.length, failures: having(verdicts, 'fail'), errors, skipped: notTested.length }
  const seconds = (Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000
  const suite = { name: `squall ${run.scenario}`, ...totals, time: seconds, timestamp: run.startedAt.slice(0, 19) }
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites${attributes({ name: 'squall', ...totals, time: seconds })}>
  <testsuite${attributes(suite)}>
${cases.map((text) => `    ${text}\n`).join('')}  </testsuite>
</testsuites>
`
}

function testCase({ run }: Report, name: string, result: string): string {
  const head = `<testcase${attributes({ name, classname: `squall.${run.scenario}`, time: 0 })}`
  return result === '' ? `${head}/>` : `${head}>${result}</testcase>`
}

function resultOf({ status, claim, fix, evidence }: Verdict): string {
  if (status === 'pass') return ''
  const text = [claim, fix, JSON.stringify(evidence)].filter((part) => part !== '' && part !== '{}').join('\n')
  return element(status === 'fail' ? 'failure' : 'error', { message: claim, type: status }, text)
}

function endings(report: Report): string[] {
  const { exitCode } = report.run
  if (JUDGED.includes(exitCode)) return []
  const message = `the run did not come to its end: exit code ${exitCode}`
  return [testCase(report, 'run', element('error', { message, type: 'run' }))]
}

function having(verdicts: readonly Verdict[], status: Verdict['status']): number {
  return verdicts.filter((verdict) => verdict.status === status).length
}

function element(name: string, values: Readonly<Record<string, string | number>>, text = ''): string {
  return text === '' ? `<${name}${attributes(values)}/>` : `<${name}${attributes(values)}>${escaped(text)}</${name}>`
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replace(/[\n\r\t]/g, ' ')}"`)
    .join('')
}

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(ILLEGAL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
}
