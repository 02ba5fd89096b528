import { makeCorpus } from '../../generators/corpus.ts'
import { trafficOf } from '../../generators/message.ts'
import type { Traffic } from '../../src/model/message.ts'
import { MIXES } from '../../src/model/mix.ts'
import { livePhase, testHeader, testPlan } from '../support/plans.ts'

/**
 * How many events are made in a second of CPU time, that of the collector of garbage included: kept, as a run sends them, and lent, as
 * `squall generate` writes them; in order and scattered (as an audit may read them).
 * `node test/bench/generators.ts [order|scattered [ecommerce]]`
 */
const EVENTS = 50_000_000
const ROUNDS = 7
const EVENTS_PER_ROUND = { order: 200_000, scattered: 40_000 }
const INDEX_OF = { order: (i: number) => i, scattered: (i: number) => (i * 7_368_787) % EVENTS }

type Order = keyof typeof INDEX_OF

const plan = testPlan({
  phases: [livePhase(EVENTS, 2000)],
  traffic: { mix: MIXES[process.argv[3] ?? 'default']!, people: 1000, namespaces: 1 },
})
const corpus = makeCorpus(1, 1000)
const WAYS = { kept: keptBytes, lent: lentBytes }
const asked = process.argv[2]
for (const order of ['order', 'scattered'] as const) if (asked === undefined || asked === order) report(order)

/** The ways take turns, so that what else the machine does meets both. */
function report(order: Order): void {
  const ways = Object.entries(WAYS).map(([name, bytesOf]) => {
    const traffic = trafficOf(corpus, plan, testHeader(plan))
    return { name, measure: (round: number) => measure(bytesOf, traffic, order, round), rounds: [] as Measured[] }
  })
  for (const { measure } of ways) measure(0)
  for (let round = 1; round <= ROUNDS; round++) for (const { measure, rounds } of ways) rounds.push(measure(round))
  for (const { name, rounds } of ways) {
    const rates = rounds.map(({ perCpuSecond }) => Math.round(perCpuSecond / 1000)).sort((a, b) => a - b)
    const spread = `${rates[0]} to ${rates.at(-1)} in ${ROUNDS} rounds`
    const bytesPerEvent = rounds[0]!.bytesPerEvent
    console.log(
      `${order}, ${name}: ${rates[ROUNDS >> 1]} k events per CPU second (${spread}), ${bytesPerEvent} bytes each`,
    )
  }
}

interface Measured {
  readonly perCpuSecond: number
  readonly bytesPerEvent: number
}

function measure(bytesOf: typeof keptBytes, traffic: Traffic, order: Order, round: number): Measured {
  const count = EVENTS_PER_ROUND[order]
  const before = process.cpuUsage()
  let bytes = 0
  for (let i = round * count; i < (round + 1) * count; i++) bytes += bytesOf(traffic, INDEX_OF[order](i))
  const { user, system } = process.cpuUsage(before)
  return { perCpuSecond: (count / (user + system)) * 1e6, bytesPerEvent: Math.round(bytes / count) }
}

function keptBytes(traffic: Traffic, index: number): number {
  return traffic.messageAt(index, 'live').bytes.length
}

function lentBytes(traffic: Traffic, index: number): number {
  return traffic.lentAt(index, 'live').bytes.length
}
