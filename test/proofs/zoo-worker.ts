import { parentPort } from 'node:worker_threads'
import { BROKEN_ROWS, SOUND_ROWS } from '../support/zoo-rows.ts'
import { realTrial, simulatedTrial } from '../support/zoo-trial.ts'

/** Some runs of one receiver. */
export interface ZooTask {
  readonly name: string
  /** Seeds of simulated runs; none: one run on real sockets. */
  readonly seeds: readonly number[]
}

export interface ZooFinding {
  readonly name: string
  /** Null: on real sockets. */
  readonly seed: number | null
  readonly complaint: string
}

export interface ZooResult {
  readonly task: ZooTask
  readonly findings: readonly ZooFinding[]
}

const rows = new Map([...BROKEN_ROWS, ...SOUND_ROWS].map((row) => [row.name, row]))

parentPort!.on('message', async (task: ZooTask) => {
  const result: ZooResult = { task, findings: await findingsOf(task) }
  parentPort!.postMessage(result)
})

async function findingsOf({ name, seeds }: ZooTask): Promise<ZooFinding[]> {
  const row = rows.get(name)!
  const findings: ZooFinding[] = []
  if (seeds.length === 0) findings.push({ name, seed: null, complaint: await said(() => realTrial(row)) })
  for (const seed of seeds) findings.push({ name, seed, complaint: await said(() => simulatedTrial(row, seed)) })
  return findings.filter(({ complaint }) => complaint !== '')
}

/** A run that breaks is a run misjudged. */
async function said(trial: () => Promise<string>): Promise<string> {
  try {
    return await trial()
  } catch (error) {
    return String(error)
  }
}
