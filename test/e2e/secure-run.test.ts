import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningPartner, startPartner } from '../../src/adapters/endpoints/partner-server.ts'
import type { Report } from '../../src/index.ts'
import { authority, clientCertificate, serverCertificate } from '../support/certificates.ts'
import { type HttpsServer, httpsServer } from '../support/https-server.ts'
import { type ProgramEnd, squall } from '../support/run-program.ts'
import { obeyed } from '../support/staying-squall.ts'

const KEY = 'sk/live+4711'
const OTHER = 'another-key'
const env = { KEY, OTHER }

const folder = mkdtempSync(join(tmpdir(), 'squall-secure-'))
const written = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const scenario = written(
  'few.yaml',
  `name: few
people: 100
phases: [{ name: live, rate: 100/s, events: 20, duplicates: 10% }]
warmRequests: 0
settle: 5s
retry: { policy: none }
`,
)

let partner: RunningPartner
beforeAll(async () => {
  const apiKeys = [`file:${written('key', KEY)}`, `file:${written('other', OTHER)}`]
  partner = await startPartner({
    port: 0,
    store: `sqlite:${join(folder, 'store.db')}`,
    faults: [],
    seed: 1,
    apiKeys,
    tls: join(folder, 'tls'),
  })
})
afterAll(async () => {
  await partner.close()
  rmSync(folder, { recursive: true })
})

const open: (HttpsServer | Server)[] = []
afterAll(async () => {
  for (const one of open) await one.close()
})

function run(...flags: string[]): Promise<ProgramEnd> {
  const out = join(folder, `run-${performance.now()}`)
  return obeyed(['run', scenario, '--out', out, '--json', '--quiet', ...flags], env)
}

const receiptsOf = (key: string): string[] => ['--receipts', `${partner.url}receipts`, '--receipts-key', `env:${key}`]

describe.concurrent('a run over TLS, as a customer', () => {
  test('is acknowledged, audited with the customer’s own receipts, and leaves its key nowhere', async () => {
    const out = join(folder, 'sound')
    const flags = ['--target', partner.url, '--ca', partner.ca!, '--api-key', 'env:KEY', '--out', out]
    const { code, stdout, stderr } = await squall(['run', scenario, ...flags, ...receiptsOf('KEY')], env)
    expect({ code, stderr: stderr.match(/squall:.*/)?.[0] }).toEqual({ code: 0, stderr: undefined })
    const report: Report = JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'))
    expect(report.counts.acked).toBe(report.counts.planned)
    expect(report.audit).toMatchObject({ found: 20, lost: 0 })
    const { tls, tlsHandshakes, opened } = report.connections
    expect([tls, tlsHandshakes]).toEqual(['TLSv1.3', opened])
    expectNoKeyIn([stdout, stderr, ...filesIn(out), ...filesIn(folder, 'store.db')])
  })

  test('sees nothing of another customer’s events', async () => {
    const flags = ['--target', partner.url, '--ca', partner.ca!, '--api-key', 'env:KEY']
    const { stdout } = await run(...flags, ...receiptsOf('OTHER'), '--settle', '0s')
    expect(JSON.parse(stdout).audit).toMatchObject({ found: 0, lost: 20 })
  })

  test('with a wrong key is refused, and told with which status', async () => {
    const flags = ['--target', partner.url, '--ca', partner.ca!, '--api-key', `file:${written('wrong', 'wrong')}`]
    const { code, stdout } = await run(...flags, ...receiptsOf('KEY'), '--settle', '0s')
    const report: Report = JSON.parse(stdout)
    expect(code).toBe(1)
    expect(report.statuses).toEqual({ 401: report.counts.planned })
    const verdict = report.verdicts.find(({ id }) => id === 'accepts-valid')
    expect(verdict).toMatchObject({ status: 'fail', claim: expect.stringContaining('401') })
  })

  test('does not begin where it cannot trust the certificate', async () => {
    const { code, stderr } = await run('--target', partner.url, '--api-key', 'env:KEY')
    expect(code).toBe(5)
    expect(stderr).toMatch(
      /^squall: no TLS connection to https:.*its certificate is self-signed, and Segment accepts none such.*\n$/,
    )
  })

  test('does not begin with a file that is none', async () => {
    const { code, stderr } = await run('--target', partner.url, '--ca', scenario)
    expect(code).toBe(2)
    expect(stderr).toMatch(/^squall: --ca: .*few\.yaml holds no certificate in PEM form.*\n$/)
  })

  test('plays against an embedded partner that has customers and a certificate of its own', async () => {
    const embedded = written(
      'embedded.yaml',
      `${readFileSync(scenario, 'utf8')}apiKey: env:KEY\npartner: { tls: true, apiKeys: [env:OTHER, env:KEY] }\n`,
    )
    const { code, stdout } = await squall(['run', embedded, '--out', join(folder, 'own'), '--json', '--quiet'], env)
    const report: Report = JSON.parse(stdout)
    expect([code, report.audit.found, report.connections.tls]).toEqual([0, 20, 'TLSv1.3'])
    expectNoKeyIn(filesIn(join(folder, 'own')))
    expect(filesIn(join(folder, 'own')).filter((text) => text.includes('PRIVATE KEY'))).toEqual([])
  })

  test('shows its client certificate to a server that asks for one, and is told where it has none', async () => {
    const ca = await authority()
    const [server, client] = await Promise.all([serverCertificate({ by: ca }), clientCertificate(ca)])
    const asking = await httpsServer({ ...server, requestCert: true, rejectUnauthorized: true, ca: ca.cert })
    open.push(asking)
    const trust = ['--target', asking.url, '--ca', written('ca.pem', ca.cert)]
    const own = ['--cert', written('client.pem', client.cert), '--key', written('client-key.pem', client.key)]
    const [shown, bare] = await Promise.all([run(...trust, ...own), run(...trust)])
    expect(JSON.parse(shown.stdout).statuses).toEqual({ 200: asking.requests() })
    expect(bare).toMatchObject({ code: 5, stderr: expect.stringMatching(/asks for a client certificate/) })
  })
})

test.concurrent('an endpoint that says the key back does not get it into the record', async () => {
  const echo = createServer(({ headers }, response) => {
    const [, code = ''] = headers.authorization?.split(' ') ?? []
    const key = Buffer.from(code, 'base64').toString().slice(0, -1)
    response.writeHead(403).end(`${code} ${key} ${encodeURIComponent(key)} ${JSON.stringify({ key })}`)
  })
  open.push(echo)
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
  const { port } = echo.address() as AddressInfo
  const out = join(folder, 'echoed')
  const { stdout, stderr } = await squall(
    ['run', scenario, '--target', `http://127.0.0.1:${port}/`, '--api-key', 'env:KEY', '--out', out],
    env,
  )
  expect(stdout).toContain('[secret]')
  expectNoKeyIn([stdout, stderr, ...filesIn(out)])
})

/** The contents of all files, byte by byte. */
function filesIn(path: string, only = ''): string[] {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
  return files
    .filter(({ name }) => name.startsWith(only))
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'))
}

function expectNoKeyIn(texts: readonly string[]): void {
  const base64 = Buffer.from(KEY).toString('base64').replace(/=*$/, '')
  const withColon = Buffer.from(`${KEY}:`).toString('base64').replace(/=*$/, '')
  expect(texts.length).toBeGreaterThan(1)
  for (const form of [KEY, base64, withColon, encodeURIComponent(KEY)]) {
    expect(texts.filter((text) => text.includes(form))).toEqual([])
  }
}
