import { describe, expect, test } from 'vitest'
import { faultNames } from '../../src/partner/faults/catalogue.ts'
import { DEFAULT_VERDICTS } from '../../src/scenario/verdicts.ts'
import { symptomsOf } from '../support/partner-symptoms.ts'
import { mixedTraffic, rehearsal, verdictsThat } from '../support/rehearsals.ts'

const CRASH_AT_MS = 2000
/** What the audit of this file looks at. */
const PROMISES = [...DEFAULT_VERDICTS, 'order-independent']
/** They show only where events come in arrays, from several customers, or by the tens of kilobytes. */
const SHOWN_OTHERWISE = ['partial-batch', 'dedupes-across-customers', 'rejects-large']
/** What else shows them: another argument, or a death at a moment when they hold something that no later copy brings again. */
const SHOWN_BY: Readonly<Record<string, { readonly fault?: string; readonly crashAtMs?: number }>> = {
  'loses-in-burst': { fault: 'loses-in-burst(100/s)' },
  'acks-before-persist': { crashAtMs: CRASH_AT_MS },
  'loses-on-restart': { crashAtMs: 5000 },
}
const broken = faultNames().filter(
  ({ name, caughtBy }) => PROMISES.includes(caughtBy) && !SHOWN_OTHERWISE.includes(name),
)

describe('a broken partner breaks just the one promise that it is named for:', () => {
  test.each(broken)('$name breaks $caughtBy', async ({ name, caughtBy }) => {
    const { fault = name, crashAtMs } = SHOWN_BY[name] ?? {}
    expect(await symptomsOf([fault], crashAtMs)).toEqual(new Set([caughtBy]))
  })
})

test('a partner that takes nothing at all does not refuse repetitions', async () => {
  expect(verdictsThat('fail', await rehearsal(mixedTraffic, 1, { faults: ['status:400'] }))).toEqual(['accepts-valid'])
})

describe('a sound partner breaks no promise', () => {
  test.each([
    ['as it is', []],
    ['when it answers otherwise than most', ['answers-204', 'closes-always', 'slow(4.5s)']],
    ['when its answers look odd', ['http-1.0', 'early-hints', 'odd-reasons', 'slow-body(4.5s)']],
    ['when it tells its records page by page, in no order', ['unordered-receipts']],
    ['when it is not always HTTP that it speaks', ['malformed 20%', 'slow-body(10s) 5%']],
    ['when it refuses the first try', ['503-first-try']],
    ['when it asks for patience first', ['429-then-accepts']],
    ['when the answer is lost after storing', ['lost-answer-stored']],
    ['when the request is lost', ['lost-answer-not-stored']],
    ['when it shows its records late', ['visible-late(10s)']],
    ['when it fails for a while', ['status:503@500ms-2s']],
    [
      'when it fails now and then',
      ['status:500 20%', 'reset 20%', 'hang 5%', 'reset-after-store 20%', 'delay:exp(50ms)'],
    ],
    ['when it stores late and does not die', ['acks-before-persist']],
    ['when it keeps events in memory and is never restarted', ['loses-on-restart']],
    ['when its limit of a second is never reached', ['loses-in-burst']],
  ])('%s', async (_, faults) => {
    expect(await symptomsOf(faults)).toEqual(new Set())
  })

  test('when it dies and comes up again', async () => {
    expect(await symptomsOf([], CRASH_AT_MS)).toEqual(new Set())
  })
})

test('two faults show as themselves, in either order', async () => {
  const both = new Set(['no-loss', 'idempotent'])
  expect(await symptomsOf(['loses(1e-2)', 'no-dedupe'])).toEqual(both)
  expect(await symptomsOf(['no-dedupe', 'loses(1e-2)'])).toEqual(both)
})
