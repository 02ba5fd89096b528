import { expect, test } from 'vitest'
import { systemDigest } from '../../src/adapters/system-world.ts'
import { k6PaceNotice } from '../../src/cli/k6-pace.ts'
import { prepare } from '../../src/run.ts'

const noticeOf = (rate: string, batch: number | undefined, cores: number): string | undefined => {
  const phases = [{ name: 'live', rate, duration: '4s' }]
  const { plan } = prepare(
    { name: 'k6', profile: 'stream', phases, people: 20, ...(batch !== undefined && { batch }) },
    systemDigest,
  )
  return k6PaceNotice(plan, cores)
}

test('a rate that k6 carries is no reason for a word', () => {
  expect(noticeOf('25/s', undefined, 1)).toBeUndefined()
  expect(noticeOf('10/s', 20, 1)).toBeUndefined()
})

test('more than k6 carries is said before it falls behind: of a stream in batches, which is one lane, whatever the cores', () => {
  expect(noticeOf('10/s', 500, 8)).toMatch(/carries about 400 events a second here, and this run asks for 5000.*--rate/)
})
