import { describe, expect, it } from 'vitest'
import { expectPunctual } from '../support/expect-punctual.ts'
import { tcpServer } from '../support/tcp-server.ts'
import { testCertificates } from '../support/test-certificates.ts'
import { WIRE_FAULTS } from '../support/wire-faults.ts'
import { outcomesOf, runOverWire } from '../support/wire-run.ts'

const COUNT = 12
const TIMEOUT_MS = 600
const ENDLESS = WIRE_FAULTS.filter(({ outcome }) => outcome === 'timeout')
const FINAL = WIRE_FAULTS.filter(({ outcome }) => outcome !== 'timeout')
const { ca, sound } = await testCertificates()

describe.concurrent.each([
  ['HTTP', undefined, {}],
  ['TLS', sound, { tls: { ca } }],
] as const)('over %s', (_, certificate, trust) => {
  it.each(FINAL)('$name is called $outcome $status and tried once', async (fault) => {
    const server = await tcpServer(fault.act, certificate)
    const run = await runOverWire(server.url, { count: COUNT, ...trust })
    await server.close()
    expect(outcomesOf(run)).toEqual([`${fault.outcome} ${fault.status} ${fault.ambiguous}`])
    expect([run.attempts.length, server.requests()]).toEqual([COUNT, COUNT])
    // Of ten gigabytes no more is sent than the buffers between the two hold.
    expect(server.written() / COUNT).toBeLessThan(32 * 2 ** 20)
    for (const detail of run.details) {
      expect(detail.length).toBeLessThan(1200)
      expect(detail.startsWith("our client's limit: ")).toBe(fault.outcome === 'local')
    }
  })

  it.each(ENDLESS)('$name is a timeout in time, and tried once', async (fault) => {
    const server = await tcpServer(fault.act, certificate)
    const run = await runOverWire(server.url, { count: COUNT, timeoutMs: TIMEOUT_MS, ...trust })
    await server.close()
    expectPunctual(run, TIMEOUT_MS)
    expect([...new Set(run.attempts.map((one) => one.class))]).toEqual(['timeout'])
    expect(run.attempts.length).toBe(COUNT)
    // What has come in may be stored; on a busy machine some attempts end before their bytes leave.
    expect(run.attempts.filter(({ ambiguous }) => ambiguous).length).toBeGreaterThanOrEqual(server.requests())
  })
})
