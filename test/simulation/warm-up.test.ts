import { expect, it } from 'vitest'
import { systemDigest } from '../../src/adapters/system-world.ts'
import { headerOf, prepare, warmUp } from '../../src/run.ts'
import { simulatedTransport } from '../../src/simulation/network.ts'
import { SimulatedPartner } from '../../src/simulation/simulated-partner.ts'
import { VirtualClock } from '../../src/simulation/virtual-clock.ts'
import { testHeader, testPlan } from '../support/plans.ts'

it('warms with as many requests as the plan says, and waits for no late copy of theirs', async () => {
  const phases = [{ name: 'live', rate: '10/s', events: 25, duplicates: '50%', lag: '1h' }]
  const prepared = prepare({ name: 'warm', people: 40, warmRequests: 500, phases }, systemDigest)
  const clock = new VirtualClock()
  const transport = simulatedTransport({ clock, partner: new SimulatedPartner({ clock, seed: 1 }), seed: 1 })
  let attempts = 0
  const record = ({ kind }: { kind: string }): void => {
    if (kind === 'attempt') attempts++
  }
  const never = new AbortController().signal
  await clock.drain(
    warmUp(prepared, headerOf(prepared, testHeader(testPlan())), {
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
  expect(attempts).toBe(500)
  expect(clock.nowMs()).toBeLessThan(2000)
})
