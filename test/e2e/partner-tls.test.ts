import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { PartnerServerOptions, RunningPartner } from '../../src/adapters/endpoints/partner-server.ts'
import { startPartner } from '../../src/adapters/endpoints/partner-server.ts'
import { fileOf } from '../support/certificates.ts'
import { type Exchange, exchange, linesOf, type Reply } from '../support/exchange.ts'
import { eventOf } from '../support/partner-traffic.ts'
import { read } from '../support/receipt-stores.ts'

const top = mkdtempSync(join(tmpdir(), 'squall-partner-tls-'))
let folders = 0
const newFolder = (): string => join(top, String(folders++))

const running: RunningPartner[] = []
afterEach(async () => {
  for (const partner of running.splice(0)) await partner.close()
})
afterAll(() => rmSync(top, { recursive: true }))

async function started(options: Partial<PartnerServerOptions>): Promise<RunningPartner> {
  const partner = await startPartner({ port: 0, store: 'memory', faults: [], seed: 1, ...options })
  running.push(partner)
  return partner
}

function post(url: string, event: object, options: Exchange): Promise<Reply> {
  return exchange(url, { method: 'POST', body: JSON.stringify(event), ...options })
}

describe('a partner that speaks TLS', () => {
  test('has a certificate for this machine, and the same one at its next start', async () => {
    const tls = newFolder()
    const { url, ca = '' } = await started({ tls })
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/$/)
    const trust = { ca: readFileSync(ca, 'utf8') }
    expect((await post(url, eventOf(), trust)).status).toBe(200)
    await running.pop()!.close()
    const again = await started({ tls, port: Number(new URL(url).port) })
    expect(await linesOf(again.url, 'receipts', trust)).toEqual([])
  })

  test('shows its receipts to whoever trusts it', async () => {
    const { url, ca = '' } = await started({ tls: newFolder() })
    const trust = { ca: readFileSync(ca, 'utf8') }
    await post(url, eventOf({ messageId: 'm1' }), trust)
    expect(await read(`${url}receipts`, { tls: trust })).toMatchObject([{ messageId: 'm1' }])
    await expect(read(`${url}receipts`)).rejects.toThrow(/self-signed/)
  })

  test('breaks connections off where a fault resets them', async () => {
    const { url, ca = '' } = await started({ tls: newFolder(), faults: ['reset'] })
    await expect(post(url, eventOf(), { ca: readFileSync(ca, 'utf8') })).rejects.toMatchObject({ code: 'ECONNRESET' })
  })

  test('says where its certificate cannot be kept', async () => {
    await expect(started({ tls: `${fileOf('a file')}/folder` })).rejects.toMatchObject({
      name: 'PartnerError',
      message: expect.stringMatching(/^--tls: no certificate can be kept in/),
    })
  })
})
