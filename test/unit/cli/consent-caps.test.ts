import { describe, expect, it } from 'vitest'
import { loopbackLookup, type Passage } from '../../../src/adapters/safety/passage.ts'
import { systemDigest } from '../../../src/adapters/system-world.ts'
import { withinCaps } from '../../../src/cli/consent-caps.ts'
import { stopWhenFailing } from '../../../src/cli/failing-target.ts'
import { prepare } from '../../../src/run.ts'
import type { Scenario } from '../../../src/scenario/schema.ts'
import { snapshot } from '../../support/snapshots.ts'

const passage = (ground: Passage['ground'], capped: boolean): Passage => ({ ground, capped, lookup: loopbackLookup })
const CAPPED = passage('consent', true)

function capped(changes: Partial<Scenario>, phase: { rate?: string; duration?: string } = {}, through = CAPPED) {
  const phases = [{ name: 'live', rate: '40/s', duration: '60s', ...phase }]
  const scenario: Scenario = { name: 'capped', people: 10, phases, ...changes }
  return withinCaps(through, scenario, prepare(scenario, systemDigest))
}

describe('a consent that nothing proves', () => {
  it('puts a ceiling of 50 attempts a second over retries and catching up', () => {
    expect(capped({}).plan.delivery.attemptsPerSecondMax).toBe(50)
    expect(capped({ ceiling: '100/s' }).plan.delivery.attemptsPerSecondMax).toBe(50)
    expect(capped({ ceiling: '45/s' }).plan.delivery.attemptsPerSecondMax).toBe(45)
  })

  it('is in the plan’s hash, as everything that is decided', () => {
    const scenario: Scenario = { name: 'capped', people: 10, phases: [{ name: 'live', rate: '40/s', duration: '60s' }] }
    const asked = prepare(scenario, systemDigest)
    expect(withinCaps(CAPPED, scenario, asked).planHash).not.toBe(asked.planHash)
  })

  it('allows no run that is meant to be faster', () => {
    expect(() => capped({}, { rate: '51/s' })).toThrow(/--i-own allows 50 requests\/s, and this run asks for 51/)
  })

  it('allows no run that may last longer than ten minutes, its retries included', () => {
    expect(() => capped({}, { duration: '11m' })).toThrow(/10 minutes/)
    expect(() => capped({ drain: '2m' }, { duration: '9m' })).toThrow(/--duration or --drain/)
    expect(capped({ drain: '30s' }, { duration: '9m' }).plan.delivery.attemptsPerSecondMax).toBe(50)
  })

  it('caps nothing where a proof, a private network or this machine makes it needless', () => {
    for (const through of [passage('proof', false), passage('consent', false), passage('loopback', false)]) {
      expect(capped({}, { rate: '500/s' }, through).plan.delivery.attemptsPerSecondMax).toBe(0)
    }
  })
})

describe('a run against a target that fails', () => {
  function stopped(ground: Passage['ground']): [reason: unknown, said: string[]] {
    const said: string[] = []
    const asked = new AbortController()
    const { stop, watch } = stopWhenFailing(passage(ground, false), asked.signal, (line) => said.push(line))
    for (let second = 1; second <= 70; second++)
      watch(snapshot({ atMs: second * 1000, classes: { '5xx': second * 10 } }))
    return [stop.aborted ? stop.reason : undefined, said]
  }

  it('stops by itself off loopback, once, and says why', () => {
    for (const ground of ['proof', 'consent'] as const) {
      const [reason, said] = stopped(ground)
      expect(reason).toMatch(/^squall itself, as \d+ of \d+ attempts failed within a minute$/)
      expect(said).toHaveLength(1)
    }
  })

  it('goes on where the target is on this machine', () => {
    expect(stopped('loopback')).toEqual([undefined, []])
  })
})
