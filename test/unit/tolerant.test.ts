import { expect, test } from 'vitest'
import { makeCorpus } from '../../generators/corpus.ts'
import { trafficOf } from '../../generators/message.ts'
import { tolerant } from '../../src/analysis/checks/tolerant.ts'
import { BitSet } from '../../src/model/bit-set.ts'
import type { Evidence } from '../../src/model/evidence.ts'
import type { FlawPlan } from '../../src/model/plan.ts'
import { livePhase, testHeader, testPlan } from '../support/plans.ts'

const COUNT = 100
const corpus = makeCorpus(1, 10)

/** All that this check looks at: which messages were sent, accepted, refused and unusual. */
function evidenceOf(flaws: FlawPlan, isAcked: (n: number) => boolean, isRefused: (n: number) => boolean): Evidence {
  const plan = testPlan({ phases: [livePhase(COUNT, 100, { flaws })] })
  const header = testHeader(plan)
  const set = (belongs: (n: number) => boolean): BitSet => {
    const bits = new BitSet(COUNT)
    for (let n = 0; n < COUNT; n++) if (belongs(n)) bits.add(n)
    return bits
  }
  const standings = { must: set(isAcked), may: set(() => true), refusedSet: set(isRefused) }
  return { plan, header, standings, traffic: trafficOf(corpus, plan, header) } as unknown as Evidence
}

const all = (): boolean => true
const none = (): boolean => false
const VERSIONS = { names: ['version-1', 'unknown-fields'], share: 0.5 }

test('what was unusual and accepted counts, and nothing else', () => {
  const { status, evidence } = tolerant.judge(evidenceOf(VERSIONS, all, none))
  expect(status).toBe('pass')
  expect(evidence.accepted).toBeGreaterThan(35)
  expect(evidence.accepted).toBeLessThan(65)
})

test('one refusal fails it, and names the flaw', () => {
  const { traffic } = evidenceOf(VERSIONS, all, none)
  const first = Array.from({ length: COUNT }, (_, n) => n).find((n) => traffic?.flawAt(n) === 'version-1')
  const { status, claim } = tolerant.judge(
    evidenceOf(
      VERSIONS,
      (n) => n !== first,
      (n) => n === first,
    ),
  )
  expect([status, claim]).toEqual([
    'fail',
    expect.stringMatching(/^1 of \d+ unusual but valid events was refused for good \(version-1 1\)$/),
  ])
})

test('the refusal of an ordinary event is not its business', () => {
  const { traffic } = evidenceOf(VERSIONS, all, none)
  const isOrdinary = (n: number): boolean => traffic?.flawAt(n) === ''
  expect(tolerant.judge(evidenceOf(VERSIONS, (n) => !isOrdinary(n), isOrdinary)).status).toBe('pass')
})

test('a kind that was never accepted and never refused leaves it open', () => {
  const { status, claim } = tolerant.judge(evidenceOf(VERSIONS, none, none))
  expect(status).toBe('unknown')
  expect(claim).toMatch(/^of the events with (version-1, unknown-fields|unknown-fields, version-1) none was accepted/)
})

test('without flaws, or without the messages, nothing is known', () => {
  expect(tolerant.judge(evidenceOf({ names: [], share: 0 }, all, none)).status).toBe('unknown')
  const { traffic: _, ...unmade } = evidenceOf(VERSIONS, all, none)
  expect(tolerant.judge(unmade).status).toBe('unknown')
})
