import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { unit } from '../../src/model/hash.ts'
import { crashPoint } from '../support/crash-point.ts'
import { killedRun } from '../support/killed-run.ts'
import { mixedTraffic } from '../support/rehearsals.ts'

/**
 * Kills runs at 200 points in virtual time and at 20 for real, judges each by what was left of its ledger, resumes it and judges it
 * again: `node test/proofs/crash.ts [--simulated N] [--real N]`. Exit 1 when anything was misjudged.
 */
/** What three seconds of sending leave on record. */
const RECORD_BYTES = 30_000

const { values } = parseArgs({
  options: { simulated: { type: 'string', default: '200' }, real: { type: 'string', default: '20' } },
})
let misjudged = 0

function complain(where: string, complaints: readonly string[]): void {
  if (complaints.length > 0) misjudged++
  for (const complaint of complaints) console.log(`${where}: ${complaint}`)
}

async function simulated(points: number): Promise<void> {
  let ambiguous = 0
  let unsent = 0
  let kills = 0
  for (let seed = 1; seed <= points; seed++) {
    const point = await crashPoint(mixedTraffic, seed)
    complain(`crash point ${seed}`, point.complaints)
    ambiguous += point.ambiguous
    unsent += point.unsent
    kills += point.kills.length
    if (seed % 50 === 0 || seed === points) {
      console.log(
        `${seed} crash points, ${kills} kills: left ${ambiguous} ambiguous, ${unsent} never sent; misjudged ${misjudged}`,
      )
    }
  }
}

async function real(kills: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'squall-crash-'))
  let ambiguous = 0
  let unsent = 0
  try {
    for (let n = 1; n <= kills; n++) {
      const end = await killedRun(join(folder, String(n)), Math.floor(unit(n, 1) * RECORD_BYTES))
      complain(`real kill ${n}`, end.complaints)
      ambiguous += end.ambiguous
      unsent += end.unsent
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  console.log(`${kills} real kills: left ${ambiguous} ambiguous, ${unsent} never sent; misjudged ${misjudged} in all`)
}

await simulated(Number(values.simulated))
await real(Number(values.real))
console.log(misjudged === 0 ? 'nothing was misjudged' : `${misjudged} runs were misjudged`)
process.exitCode = misjudged === 0 ? 0 : 1
