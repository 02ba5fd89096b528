import { expect, it } from 'vitest'
import type { Report } from '../../src/model/report.ts'
import { realRun } from '../support/real-run.ts'
import { unusualTraffic } from '../support/unusual-traffic.ts'

const { seed } = unusualTraffic.plan

it('for real, a partner is blamed for no unusual event that it takes, and for those that it rejects', async () => {
  const sound = await realRun(unusualTraffic, 'tolerant', [], seed)
  expect(sound.verdicts.filter(({ status }) => status !== 'pass')).toEqual([])
  const broken = await realRun(unusualTraffic, 'intolerant', ['rejects-unknown-fields'], seed)
  expect(statusOf(broken, 'tolerant')).toBe('fail')
  expect(statusOf(broken, 'no-loss')).toBe('pass')
})

function statusOf({ verdicts }: Report, id: string): string | undefined {
  return verdicts.find((verdict) => verdict.id === id)?.status
}
