import { expect, it } from 'vitest'
import { https } from '../../src/analysis/checks/https.ts'
import type { TlsFacts } from '../../src/model/tls-facts.ts'
import { auditCase, evidenceOf } from '../support/audit-case.ts'

const sound: TlsFacts = {
  protocol: 'TLSv1.3',
  trust: 'public',
  issuer: 'CN=Some Authority',
  names: 'DNS:partner.example',
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2026-03-01T00:00:00.000Z',
  troubles: [],
}

function judged(tls: TlsFacts | undefined, url = 'https://partner.example/', failedInTls = 0) {
  const header = { startedAtMs: Date.UTC(2026, 1, 1), target: { url }, ...(tls && { tls }) }
  const run = auditCase(10, header)
  const summary = { classes: { tls: failedInTls } } as never
  return https.judge(evidenceOf(run, null, { summary }))
}

it('passes where all is in order, and says for how long', () => {
  const { status, claim } = judged(sound)
  expect([status, claim]).toEqual([
    'pass',
    'TLSv1.3, a certificate for this name by a public authority, good for 28 more days',
  ])
})

it('says that an authority of one’s own is not known to Segment', () => {
  expect(judged({ ...sound, trust: 'given' }).claim).toContain('which Segment does not know')
})

it('fails with all that is wrong', () => {
  const { status, claim } = judged({ ...sound, troubles: ['it has expired', 'it is for another name'] })
  expect([status, claim]).toEqual(['fail', 'it has expired; it is for another name'])
})

it('fails where attempts failed in TLS later', () => {
  expect(judged(sound, undefined, 3).claim).toBe('in order before the run, but 3 attempts of it failed in TLS')
})

it('is unknown for plain HTTP, and where nobody looked', () => {
  expect(
    [judged(undefined, 'http://127.0.0.1/'), judged(undefined)].map(({ status, claim }) => [status, claim]),
  ).toEqual([
    ['unknown', 'the target is plain HTTP'],
    ['unknown', 'nobody looked at the certificate'],
  ])
})
