import { makeCorpus } from '../../generators/corpus.ts'
import { trafficOf } from '../../generators/message.ts'
import { MIXES } from '../../src/model/mix.ts'
import { livePhase, testHeader, testPlan } from '../support/plans.ts'

/**
 * How many events `messageAt` makes in a second of CPU time, in order (as a run sends them) and scattered (as an audit may read
 * them): `node test/bench/generators.ts [order|scattered [ecommerce]]`.
 */
const EVENTS = 50_000_000
const ROUNDS = 7
const EVENTS_PER_ROUND = { order: 200_000, scattered: 40_000 }
const INDEX_OF = { order: (i: number) => i, scattered: (i: number) => (i * 7_368_787) % EVENTS }

const plan = testPlan({
  phases: [livePhase(EVENTS, 2000)],
  traffic: { mix: MIXES[process.argv[3] ?? 'default']!, people: 1000, namespaces: 1 },
})
const traffic = trafficOf(makeCorpus(1, 1000), plan, testHeader(plan))
const asked = process.argv[2]
for (const order of ['order', 'scattered'] as const) if (asked === undefined || asked === order) report(order)

function report(order: 'order' | 'scattered'): void {
  measure(order, 0)
  const rounds = Array.from({ length: ROUNDS }, (_, round) => measure(order, round + 1))
  const rates = rounds.map(({ perCpuSecond }) => Math.round(perCpuSecond / 1000)).sort((a, b) => a - b)
  const spread = `${rates[0]} to ${rates.at(-1)} in ${ROUNDS} rounds`
  console.log(
    `${order}: ${rates[ROUNDS >> 1]} k events per CPU second (${spread}), ${rounds[0]!.bytesPerEvent} bytes each`,
  )
}

function measure(order: 'order' | 'scattered', round: number): { perCpuSecond: number; bytesPerEvent: number } {
  const count = EVENTS_PER_ROUND[order]
  const before = process.cpuUsage()
  let bytes = 0
  for (let i = round * count; i < (round + 1) * count; i++) {
    bytes += traffic.messageAt(INDEX_OF[order](i), 'live').bytes.length
  }
  const { user, system } = process.cpuUsage(before)
  return { perCpuSecond: (count / (user + system)) * 1e6, bytesPerEvent: Math.round(bytes / count) }
}
