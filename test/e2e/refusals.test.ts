import { describe, expect, it, onTestFinished } from 'vitest'
import { startPartner } from '../../src/adapters/endpoints/partner-server.ts'
import type { Report } from '../../src/model/report.ts'
import { fileOf } from '../support/certificates.ts'
import { realRun } from '../support/real-run.ts'
import { invalid, keyExpiry, keys, signatures } from '../support/refusal-traffic.ts'

/** On real sockets; in virtual time the same is in test/simulation. */
describe.concurrent('a partner on real sockets', () => {
  it.each([
    ['authenticates', 'no-auth', keys],
    ['authenticates', 'caches-key', keyExpiry],
    ['verifies-signature', 'no-signature', signatures],
    ['verifies-signature', 'signs-whole-batch', signatures],
    ['verifies-signature', 'reserialises', signatures],
    ['rejects-invalid', '500-on-malformed', invalid],
    ['rejects-invalid', '500-on-oversized', invalid],
    ['rejects-invalid', 'hangs-up-on-oversized', invalid],
  ] as const)('fails %s by %s', async (verdict, fault, prepared) => {
    const { verdicts } = await realRun(prepared, 'refusals', [fault], 1)
    expect(verdicts.find(({ id }) => id === verdict)?.status).toBe('fail')
  })

  it.each([
    ['keys', keys, []],
    ['signatures', signatures, []],
    ['invalid events, answered with 400', invalid, []],
    ['invalid events, oversized ones answered with 413', invalid, ['rejects-large(32KB)']],
    ['invalid events, answered with 422', invalid, ['answers-422']],
  ] as const)('that is sound is blamed for nothing by %s', async (_, prepared, faults) => {
    const report = await realRun(prepared, 'refusals', faults, 1)
    expect(notPassed(report)).toEqual([])
    expect(report.counts.rejectedAsExpected).toBe(report.counts.rejected)
    expect(report.audit.unwelcomeFound).toBe(0)
  })
})

describe('a key that expires', () => {
  it.each([
    ['is let in while it is good', 600_000, 200],
    ['is refused once it is not', 0, 401],
  ])('%s', async (_, goodForMs, status) => {
    const place = `file:${fileOf('passing')}`
    const expiringKey = { place, goodForMs }
    const apiKeys = [`file:${fileOf('lasting')}`]
    const partner = await startPartner({ port: 0, store: 'memory', faults: [], seed: 1, apiKeys, expiringKey })
    onTestFinished(() => partner.close())
    expect(await sentWith('lasting', partner.url, 'a')).toBe(200)
    expect(await sentWith('passing', partner.url, 'b')).toBe(status)
    expect(await storedFor('lasting', partner.url)).toBe(status === 200 ? 2 : 1)
  })
})

async function sentWith(key: string, url: string, messageId: string): Promise<number> {
  const body = JSON.stringify({ messageId, type: 'track', userId: 'u', event: 'Order Completed' })
  const { status } = await fetch(url, { method: 'POST', body, headers: { authorization: basic(key) } })
  return status
}

/** Both keys are the same customer's. */
async function storedFor(key: string, url: string): Promise<number> {
  const answer = await fetch(new URL('receipts', url), { headers: { authorization: basic(key) } })
  return (await answer.text()).split('\n').filter((line) => line !== '').length
}

function basic(key: string): string {
  return `Basic ${btoa(`${key}:`)}`
}

function notPassed({ verdicts }: Report): string[] {
  return verdicts.filter(({ status }) => status !== 'pass').map(({ id, claim }) => `${id}: ${claim}`)
}
