import type { Scenario } from '../index.ts'

/** What shows a fault that the demo's own traffic does not: alone, under a load or an objective of its own. */
interface Showing {
  readonly preset: string
  readonly changes: Partial<Scenario>
}

const SHOWINGS: ReadonlyMap<string, Showing> = new Map([
  ['400-on-overload', { preset: 'overload', changes: {} }],
  ['never-recovers', { preset: 'overload', changes: {} }],
  ['last-write-by-arrival', { preset: 'orders', changes: { settle: '2s' } }],
  ['assumes-order', { preset: 'orders', changes: { settle: '2s' } }],
  ['errors', { preset: 'live', changes: { objectives: { 'server-errors': '< 1%' } } }],
  ['slow', { preset: 'live', changes: { rate: '60/s', objectives: { latency: 'p99 < 500ms' } } }],
])

/** The preset that shows a fault. */
export function presetFor(faultName: string): string {
  return SHOWINGS.get(faultName)?.preset ?? 'demo'
}

/** The preset, against a partner with this fault. */
export function withShownFault(scenario: Scenario, fault: string, faultName: string): Scenario {
  const showing = SHOWINGS.get(faultName)
  const others = showing === undefined ? (scenario.partner?.faults ?? []) : []
  return { ...scenario, ...showing?.changes, partner: { ...scenario.partner, faults: [...others, fault] } }
}
