// How many deliveries of a sound partner are rehearsed in a second: sent, stored, recorded, audited and judged, all in virtual time.
// Counted in CPU time of the one thread, so that what else the machine does matters less. node test/bench/rehearse.ts
import { systemDigest } from '../../src/adapters/system-world.ts'
import { rehearse } from '../../src/experiments/rehearse.ts'
import { readied } from '../support/rehearsals.ts'

const environment = { squall: 'bench', runtime: 'bench', platform: 'bench', cpus: 1, memoryMb: 1 }
const start = { id: 'bench', startedAtMs: Date.UTC(2026, 0, 1), environment }
const ROUNDS = 5

const prepared = readied({ people: 200, phases: [{ name: 'live', rate: '2000/s', duration: '20s', duplicates: '1%' }] })
const deliveries = prepared.planned.first + prepared.planned.duplicate
const rates: number[] = []
for (let round = 0; round < ROUNDS; round++) {
  const before = process.threadCpuUsage()
  const { report } = await rehearse(prepared, { digest: systemDigest, start, faults: [], seed: 1 })
  const { user, system } = process.threadCpuUsage(before)
  if (report.run.exitCode !== 0) throw new Error(`a sound partner was blamed: exit code ${report.run.exitCode}`)
  rates.push(Math.round((deliveries / (user + system)) * 1e6))
}
const sorted = rates.toSorted((a, b) => a - b)
console.log(
  `${deliveries} deliveries rehearsed: ${sorted[Math.floor(ROUNDS / 2)]}/s (median of ${ROUNDS}), ${sorted.at(-1)}/s at best`,
)
