import { describe, expect, it } from 'vitest'
import type { MachineFacts } from '../../../src/adapters/machine/machine-facts.ts'
import { checkDescriptors } from '../../../src/cli/descriptor-need.ts'
import { findingsOf } from '../../../src/cli/findings.ts'
import { testPlan } from '../../support/plans.ts'

const SOUND: MachineFacts = {
  node: '24.11.0',
  descriptors: { limit: 4096, open: 20 },
  ports: { count: 28_000, waiting: 100 },
  cpu: { cores: 2, quota: null },
  memoryFreeMb: 4000,
  clockDriftMs: 0.4,
  reports: { path: 'reports', writable: true },
}
const PROGRAMS = {
  k6: { found: { path: 'k6', from: 'PATH', version: '2.2.0' }, passedOver: [], supported: '2.2.0 or later' },
  chromium: { path: 'chromium', from: 'PATH', version: 'Chromium 140' },
}

/** What is not simply fit: id, status and cure. */
function findings(facts: Partial<MachineFacts>, programs: Partial<typeof PROGRAMS> = {}) {
  const all = findingsOf({ ...SOUND, ...facts }, { ...PROGRAMS, ...programs })
  return all.filter(({ status }) => status !== 'fit').map(({ id, status, cure }) => [id, status, cure])
}

describe('a machine', () => {
  it('that is fit is told so', () => expect(findings({})).toEqual([]))

  it.each<[string, Partial<MachineFacts>, RegExp]>([
    ['node', { node: '20.19.0' }, /22\.19 or 24\.11/],
    ['node', { node: '23.1.0' }, /22\.19 or 24\.11/],
    ['descriptors', { descriptors: { limit: 256, open: 20 } }, /^raise the limit: ulimit -n 4096$/],
    ['ports', { ports: { count: 28_000, waiting: 27_000 } }, /ip_local_port_range/],
    ['cpu', { cpu: { cores: 8, quota: 0.5 } }, /two cores/],
    ['cpu', { cpu: { cores: 1, quota: null } }, /two cores/],
    ['memory', { memoryFreeMb: 100 }, /^free some/],
    ['clock', { clockDriftMs: -2000 }, /NTP/],
    ['reports', { reports: { path: 'reports', writable: false } }, /--out/],
  ])('with trouble of %s is told what to do', (id, facts, cure) => {
    expect(findings(facts)).toEqual([[id, 'unfit', expect.stringMatching(cure)]])
  })

  it('of which something cannot be read is not blamed for it', () => {
    expect(findings({ descriptors: { limit: null, open: null }, ports: { count: null, waiting: null } })).toEqual([
      ['descriptors', 'unknown', expect.any(String)],
      ['ports', 'unknown', ''],
    ])
  })

  it('without a limit of descriptors is fit', () => {
    expect(findings({ descriptors: { limit: Number.POSITIVE_INFINITY, open: null } })).toEqual([])
  })
})

describe('a run whose connections cannot all be open', () => {
  const { delivery } = testPlan()
  const check = (inFlightMax: number, connections: number, limit: number | null): void =>
    checkDescriptors(testPlan({ delivery: { ...delivery, inFlightMax, connections } }), { limit, open: 20 })

  it('is refused with the cure before anything is sent', () => {
    expect(() => check(5000, 64, 1024)).toThrow(
      /need up to 5052 .* may have 1024: raise it \(ulimit -n 5052\) or lower/,
    )
    expect(() => check(64, 1000, 1024)).toThrow(/lower --in-flight or --connections/)
  })

  it('is let through where they fit, or where the limit is not known', () => {
    check(512, 64, 1024)
    check(5000, 64, null)
  })
})

describe('programs that squall can make use of', () => {
  it('are only missed, never demanded', () => {
    const k6 = { passedOver: [], supported: '2.2.0 or later' }
    const absent = findingsOf(SOUND, { k6, chromium: { ...PROGRAMS.chromium, version: null } })
    expect(absent.slice(-2)).toMatchObject([
      { id: 'k6', status: 'unknown', text: 'k6 is not there; supported: 2.2.0 or later' },
      { id: 'chromium', status: 'unknown', text: 'Chromium: chromium (from PATH) does not run' },
    ])
  })

  it('are named where they were passed over', () => {
    const passedOver = [{ path: '/old/k6', from: 'PATH', version: '1.8.1' }]
    const [k6] = findingsOf(SOUND, { ...PROGRAMS, k6: { ...PROGRAMS.k6, passedOver } }).slice(-2)
    expect(k6).toMatchObject({
      status: 'fit',
      text: 'k6: k6 (from PATH), 2.2.0; supported: 2.2.0 or later; passed over: /old/k6, 1.8.1',
    })
  })

  it('are demanded where $K6_BIN names one that will not do', () => {
    const wrong = '$K6_BIN names /old/k6, which is k6 1.8.1'
    const [k6] = findingsOf(SOUND, { ...PROGRAMS, k6: { passedOver: [], wrong, supported: '2.2.0 or later' } }).slice(
      -2,
    )
    expect(k6).toMatchObject({ status: 'unfit', text: `k6: ${wrong}`, cure: expect.stringContaining('$K6_BIN') })
  })
})
