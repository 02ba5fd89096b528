// How many deliveries to a sound partner a rehearsal makes in a second: sent, received, stored and recorded in virtual time; and how many with the
// audit of every one of them and the verdicts. Counted in CPU time of the one thread, so that what else the machine does matters less.
// node test/bench/rehearse.ts
import { systemDigest } from '../../src/adapters/system-world.ts'
import { rehearse } from '../../src/experiments/rehearse.ts'
import { readied } from '../support/rehearsals.ts'

const environment = { squall: 'bench', runtime: 'bench', platform: 'bench', cpus: 1, memoryMb: 1 }
const start = { id: 'bench', startedAtMs: Date.UTC(2026, 0, 1), environment }
const ROUNDS = 7

const prepared = readied({ people: 200, phases: [{ name: 'live', rate: '2000/s', duration: '20s', duplicates: '1%' }] })
const deliveries = prepared.planned.first + prepared.planned.duplicate
const delivered: number[] = []
const judged: number[] = []
for (let round = 0; round < ROUNDS; round++) {
  const before = process.threadCpuUsage()
  let delivering = before
  const onSnapshot = (): void => {
    // The last one comes when everything has been delivered.
    delivering = process.threadCpuUsage(before)
  }
  const { report } = await rehearse(prepared, { digest: systemDigest, start, faults: [], seed: 1, onSnapshot })
  if (report.run.exitCode !== 0) throw new Error(`a sound partner was blamed: exit code ${report.run.exitCode}`)
  delivered.push(ratePerSecond(delivering))
  judged.push(ratePerSecond(process.threadCpuUsage(before)))
}
console.log(`${deliveries} deliveries, medians of ${ROUNDS} rounds`)
console.log(`delivered:             ${spread(delivered)}`)
console.log(`with audit and verdict: ${spread(judged)}`)

function ratePerSecond({ user, system }: NodeJS.CpuUsage): number {
  return Math.round((deliveries / (user + system)) * 1e6)
}

function spread(rates: readonly number[]): string {
  const sorted = rates.toSorted((a, b) => a - b)
  return `${sorted[Math.floor(sorted.length / 2)]}/s, ${sorted.at(-1)}/s at best`
}
