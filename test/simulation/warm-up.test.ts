import { expect, it } from 'vitest'
import { systemDigest } from '../../src/adapters/system-world.ts'
import type { RunHeader } from '../../src/model/run-header.ts'
import { headerOf, type Prepared, prepare, prepareReplay, warmUp } from '../../src/run.ts'
import { simulatedTransport } from '../../src/simulation/network.ts'
import { SimulatedPartner } from '../../src/simulation/simulated-partner.ts'
import { VirtualClock } from '../../src/simulation/virtual-clock.ts'
import { testHeader, testPlan } from '../support/plans.ts'

const phases = [{ name: 'live', rate: '10/s', events: 25, duplicates: '50%', lag: '1h' }]
const prepared = prepare({ name: 'warm', people: 40, warmRequests: 500, phases }, systemDigest)

it('warms with as many requests as the plan says, and waits for no late copy of theirs', async () => {
  const { attempts, tookMs } = await warmed(prepared)
  expect(attempts).toBe(500)
  expect(tookMs).toBeLessThan(2000)
})

it('warms a replay of a few messages just as well', async () => {
  const pace = { perSecond: 10, shuffleMs: 0, livePerSecond: 5 }
  const replay = { ...prepared, ...prepareReplay(prepared.plan, prepared.corpus, pace, systemDigest) }
  const replays = { runId: 'earlier', startedAtMs: 0, endedAtMs: 1, sent: '', acked: '' }
  expect((await warmed(replay, { replays })).attempts).toBe(500)
})

async function warmed(
  run: Prepared,
  start: Pick<RunHeader, 'replays'> = {},
): Promise<{ attempts: number; tookMs: number }> {
  const clock = new VirtualClock()
  const transport = simulatedTransport({ clock, partner: new SimulatedPartner({ clock, seed: 1 }), seed: 1 })
  let attempts = 0
  const record = ({ kind }: { kind: string }): void => {
    if (kind === 'attempt') attempts++
  }
  const never = new AbortController().signal
  await clock.drain(
    warmUp(run, headerOf(run, { ...testHeader(testPlan()), ...start }), {
      clock,
      digest: systemDigest,
      transport,
      health: { take: () => ({ loopDelayMaxMs: 0, cpuRatio: 0, rssMb: 0 }) },
      credentials: { apiKey: 'warm', headers: [] },
      recorder: { record, flush: () => undefined },
      stop: never,
      abort: never,
      onSnapshot: () => undefined,
    }),
  )
  return { attempts, tookMs: clock.nowMs() }
}
