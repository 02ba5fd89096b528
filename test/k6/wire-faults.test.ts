import { expect, test } from 'vitest'
import { makeCorpus } from '../../generators/corpus.ts'
import { trafficOf } from '../../generators/message.ts'
import { systemClock } from '../../src/adapters/system-world.ts'
import { k6Plan, k6Run } from '../support/k6-run.ts'
import { livePhase, testHeader, testPlan } from '../support/plans.ts'
import { tcpServer } from '../support/tcp-server.ts'
import { WIRE_FAULTS, type WireFault } from '../support/wire-faults.ts'

/** k6 reads a body to its end and tells no status where that fails: the message may be stored, and nothing says so. */
const BODY_BROKEN = 'reset 0 true'
const BODY_ENDLESS = 'timeout 0 true'
/** Go is more generous than undici. */
const TAKEN = '2xx 200 false'

/** Where k6 cannot tell what undici tells. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  'reset after the head': BODY_BROKEN,
  'reset in the body': BODY_BROKEN,
  'truncated Content-Length': BODY_BROKEN,
  'truncated chunks': BODY_BROKEN,
  'endless chunks': BODY_ENDLESS,
  '10 GB Content-Length': BODY_ENDLESS,
  'end in the head': 'malformed 0 true',
  'NUL bytes': 'timeout 0 true',
  'headers of 80 KB': TAKEN,
  'Content-Length and chunks': TAKEN,
  'unasked 100 Continue': TAKEN,
  'bare line feeds': TAKEN,
}

const isFlood = ({ name }: WireFault): boolean => DIFFERENCES[name] === BODY_ENDLESS

/** What attempts at these faults met, each at one of them. */
async function met(faults: readonly WireFault[], timeoutMs: number): Promise<string[]> {
  const { retry, delivery } = testPlan()
  const changes = {
    phases: [livePhase(faults.length, 1000)],
    retry: { ...retry, policy: 'none' as const },
    delivery: { ...delivery, timeoutMs },
  }
  const plan = k6Plan(changes)
  const header = testHeader(plan, { startedAtMs: systemClock.wallMs() })
  const traffic = trafficOf(makeCorpus(1, plan.traffic.people), plan, header)
  const server = await tcpServer((socket, request) => {
    const messageId = /"messageId":"([^"]+)"/.exec(request)?.[1] ?? ''
    faults[traffic.indexOf(messageId)!]!.act(socket)
  })
  const { startedAtMs } = header
  const run = await k6Run(server.url, { plan: changes, header: { startedAtMs }, args: ['--no-connection-reuse'] })
  await server.close()
  return run.attempts.map((one) => `${faults[one.index]!.name}: ${one.class} ${one.status} ${one.ambiguous}`).sort()
}

function expected(faults: readonly WireFault[]): string[] {
  return faults
    .map(
      ({ name, outcome, status, ambiguous }) => `${name}: ${DIFFERENCES[name] ?? `${outcome} ${status} ${ambiguous}`}`,
    )
    .sort()
}

test('every fault on the wire has the class that the Node engine gives it, but for what k6 cannot tell', async () => {
  const faults = WIRE_FAULTS.filter((fault) => !isFlood(fault))
  expect(await met(faults, 2500)).toEqual(expected(faults))
})

test('an answer without an end is a timeout: k6 would read it whole', async () => {
  const faults = WIRE_FAULTS.filter(isFlood)
  expect(await met(faults, 300)).toEqual(expected(faults))
})

test('a partner that nobody can connect to refuses, and nothing can have been stored', async () => {
  const gone = await tcpServer(() => undefined)
  await gone.close()
  const { retry } = testPlan()
  const run = await k6Run(gone.url, { plan: { phases: [livePhase(5, 100)], retry: { ...retry, policy: 'none' } } })
  expect(run.attempts.map((one) => `${one.class} ${one.ambiguous} ${one.connectMs}`)).toEqual(
    Array(5).fill('refused false -1'),
  )
})
