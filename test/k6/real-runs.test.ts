import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../src/model/report.ts'
import { authority, clientCertificate, serverCertificate } from '../support/certificates.ts'
import { httpsServer } from '../support/https-server.ts'
import { k6Program } from '../support/k6-program.ts'
import { resultIn } from '../support/killed-run.ts'
import { type ProgramEnd, squall } from '../support/run-program.ts'

const folder = mkdtempSync(join(tmpdir(), 'squall-by-k6-'))
afterAll(() => rmSync(folder, { recursive: true }))
beforeAll(async () => {
  process.env.K6_BIN = await k6Program()
})

function written(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const scenario = written(
  'few.yaml',
  'name: few\npeople: 100\nphases: [{ name: live, rate: 100/s, events: 60, duplicates: 10% }]\nsettle: 3s\ntimeScale: 1000\n',
)

function run(name: string, ...flags: string[]): Promise<ProgramEnd> {
  return squall(['run', scenario, '--engine', 'k6', '--no-warm', '--quiet', '--out', join(folder, name), ...flags])
}

describe.concurrent('k6 for real', { timeout: 120_000 }, () => {
  test('plays an earlier run of it again, with live traffic beside it: what was stored is there once', async () => {
    expect(await run('earlier')).toMatchObject({ code: 0, stderr: '' })
    const earlier = resultIn(join(folder, 'earlier'))
    const again = join(folder, 'again')
    const flags = ['--rate', '100/s', '--live', '30/s', '--quiet', '--out', again]
    expect(await squall(['replay', join(folder, 'earlier'), ...flags])).toMatchObject({ code: 0, stderr: '' })
    const { run: played, counts, audit, verdicts } = resultIn(again)
    expect(played.engine.name).toBe('k6')
    expect(counts.copies.replay).toBe(60)
    expect(counts.messages).toBe(60 + counts.copies.first)
    expect(counts.copies.first).toBeGreaterThan(0)
    expect(earlier.audit.found).toBe(60)
    expect(audit).toMatchObject({ found: counts.messages, lost: 0, phantom: 0, duplicated: 0, misdated: 0 })
    expect(verdicts.map(({ status }) => status)).toEqual(verdicts.map(() => 'pass'))
  })

  test('shows a client certificate to a server that lets nobody in without one', async () => {
    const ca = await authority()
    const [server, client, stranger] = await Promise.all([
      serverCertificate({ by: ca }),
      clientCertificate(ca),
      authority().then(clientCertificate),
    ])
    const asking = await httpsServer({ ...server, requestCert: true, rejectUnauthorized: true, ca: ca.cert })
    const shown = (name: string, { cert, key }: typeof client): string[] => [
      ...['--cert', written(`${name}.pem`, cert), '--key', written(`${name}-key.pem`, key)],
    ]
    const flags = ['--target', asking.url, '--ca', written('ca.pem', ca.cert), '--json']
    try {
      const { stdout } = await run('certified', ...flags, ...shown('client', client))
      const { counts, statuses, classes } = JSON.parse(stdout) as Report
      expect(statuses).toEqual({ 200: counts.attempts })
      expect(asking.requests()).toBe(counts.attempts)
      expect(classes.tls).toBe(0)
      const refused = await run('stranger', ...flags, ...shown('stranger', stranger))
      expect(refused).toMatchObject({
        code: 5,
        stderr: expect.stringMatching(/client certificate/),
      })
      expect(asking.requests()).toBe(counts.attempts)
    } finally {
      await asking.close()
    }
  })
})
