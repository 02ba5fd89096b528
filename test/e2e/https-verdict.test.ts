import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { probeTls } from '../../src/adapters/tls-probe.ts'
import type { Certificate } from '../support/certificates.ts'
import { fileOf } from '../support/certificates.ts'
import { type HttpsServer, httpsServer } from '../support/https-server.ts'
import { obeyed } from '../support/staying-squall.ts'
import { type TestCertificates, testCertificates } from '../support/test-certificates.ts'

let certificates: TestCertificates
beforeAll(async () => {
  certificates = await testCertificates()
})

async function serving(certificate: Certificate): Promise<HttpsServer> {
  const server = await httpsServer({ ...certificate })
  onTestFinished(() => server.close())
  return server
}

describe('a look at an endpoint’s TLS finds', () => {
  it.each([
    ['nothing wrong with a certificate of a known authority', 'sound', []],
    ['one that only itself has signed', 'selfSigned', [/self-signed/]],
    ['one that has expired', 'expired', [/expired/]],
    ['one for another name', 'otherName', [/another name \(it holds IP Address:127\.0\.0\.9\)/]],
  ] as const)('%s', async (_, which, troubles) => {
    const { url } = await serving(certificates[which])
    const facts = await probeTls(new URL(url), { tls: { ca: certificates.ca } })
    expect(facts?.troubles).toEqual(troubles.map((trouble) => expect.stringMatching(trouble)))
    expect(facts?.protocol).toBe('TLSv1.3')
  })

  it('a self-signed certificate wrong though it is trusted', async () => {
    const { url } = await serving(certificates.selfSigned)
    const facts = await probeTls(new URL(url), { tls: { ca: certificates.selfSigned.cert } })
    expect(facts?.troubles).toEqual([expect.stringMatching(/self-signed/)])
  })

  it('an authority that is not publicly known', async () => {
    const { url } = await serving(certificates.sound)
    expect((await probeTls(new URL(url), {}))?.troubles).toHaveLength(1)
  })

  it('nothing where nobody listens', async () => {
    const server = await httpsServer({ ...certificates.sound })
    await server.close()
    expect(await probeTls(new URL(server.url), {})).toBeUndefined()
  })
})

const SCENARIO =
  'name: tls\npeople: 100\nverdicts: [https]\nphases: [{name: live, rate: 50/s, events: 10}]\nwarmRequests: 0\n'

/** Runs ten events against it, and makes the report once more. */
async function judged(
  which: keyof Omit<TestCertificates, 'ca'>,
): Promise<{ run: unknown; again: unknown; got: number }> {
  const server = await serving(certificates[which])
  const folder = mkdtempSync(join(tmpdir(), 'squall-https-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const out = join(folder, 'run')
  const common = ['--ca', fileOf(certificates.ca), '--target', server.url, '--quiet', '--out', out]
  const { code } = await obeyed(['run', fileOf(SCENARIO), ...common])
  const first = JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'))
  await obeyed(['report', out, '--quiet'])
  const second = JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'))
  const { acked, notSent } = first.counts
  const [{ status }] = first.verdicts
  return { run: { code, status, acked, notSent }, again: second.verdicts[0].status, got: server.requests() }
}

describe('a run that asks for https', () => {
  it('passes where all is in order, and says so again from its ledger', async () => {
    const { run, again, got } = await judged('sound')
    expect(run).toEqual({ code: 0, status: 'pass', acked: 10, notSent: 0 })
    expect([again, got]).toEqual(['pass', 10])
  })

  it.each(['selfSigned', 'expired'] as const)('sends nothing to one that is %s, and fails', async (which) => {
    const { run, again, got } = await judged(which)
    expect(run).toEqual({ code: 1, status: 'fail', acked: 0, notSent: 10 })
    expect([again, got]).toEqual(['fail', 0])
  })
})
