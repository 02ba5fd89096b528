import { describe, expect, it } from 'vitest'
import { lives, orders } from '../support/consequences.ts'
import { realRun } from '../support/real-run.ts'

describe.concurrent('for real, a partner that', () => {
  it.each([
    ['resurrects', lives, ['deletes']],
    ['rejects-deletes', lives, ['deletes']],
    ['misreads', orders, ['understood']],
    ['mails-on-replay', orders, ['no-side-effects']],
  ] as const)('%s fails by that alone', async (fault, prepared, verdicts) => {
    const report = await realRun(prepared, 'broken', [fault], 1)
    expect(report.verdicts.filter(({ status }) => status === 'fail').map(({ id }) => id)).toEqual(verdicts)
  })

  it.each([
    ['deletes', lives],
    ['understands and mails', orders],
  ])('%s and is sound passes', async (_, prepared) => {
    const { verdicts } = await realRun(prepared, 'sound', [], 1)
    expect(verdicts.map(({ id, status }) => [id, status])).toEqual(verdicts.map(({ id }) => [id, 'pass']))
  })
})
