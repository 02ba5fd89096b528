import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { messageCount } from '../../src/model/ordinal.ts'
import type { Verdict } from '../../src/model/verdict.ts'
import { realRun } from './real-run.ts'
import { rehearsal } from './rehearsals.ts'
import { squall } from './run-program.ts'
import type { ZooRow } from './zoo-rows.ts'
import { zooTraffic } from './zoo-traffic.ts'

const SECRET = 'a secret of both'

/** Distinct messages that are sent to it in each simulated run. */
export function sizeOf({ traffic }: ZooRow): number {
  return messageCount(zooTraffic(traffic).plan)
}

/** One run in virtual time. @returns what was misjudged, empty if nothing */
export async function simulatedTrial(row: ZooRow, seed: number): Promise<string> {
  const { faults, crashAtMs, signed } = row
  const world = { faults, ...(crashAtMs !== undefined && { crashAtMs }), ...(signed && { sharedSecret: SECRET }) }
  const { report } = await rehearsal(zooTraffic(row.traffic), seed, world)
  return misjudged(row, report.verdicts, ['fail', 'unknown'])
}

/** One run on real sockets. Whose timing this machine makes doubtful is unknown, and blamed for nothing. */
export async function realTrial(row: ZooRow): Promise<string> {
  const { faults, signed, real } = row
  if (real === 'demo') return misjudged(row, await demonstrated(faults[0]!), ['fail'])
  const prepared = zooTraffic(real)
  const { verdicts } = await realRun(prepared, 'zoo', faults, prepared.plan.seed, signed && SECRET)
  return misjudged(row, verdicts, ['fail'])
}

async function demonstrated(fault: string): Promise<readonly Verdict[]> {
  const folder = mkdtempSync(join(tmpdir(), 'squall-zoo-'))
  try {
    const out = ['--out', join(folder, 'run')]
    const { stdout, stderr } = await squall(['demo', '--broken', fault, '--json', '--quiet', ...out])
    if (stdout === '') throw new Error(stderr.trim())
    return JSON.parse(stdout).verdicts
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function misjudged({ verdicts }: ZooRow, judged: readonly Verdict[], blame: readonly Verdict['status'][]): string {
  const statusOf = (id: string): string => judged.find((verdict) => verdict.id === id)?.status ?? 'not judged'
  const missed = verdicts.filter((id) => statusOf(id) !== 'fail').map((id) => `${id} says ${statusOf(id)}`)
  const alarms = verdicts.length > 0 ? [] : judged.filter(({ status }) => blame.includes(status))
  return [...missed, ...alarms.map(({ id, status, claim }) => `${id} says ${status}: ${claim}`)].join('; ')
}
