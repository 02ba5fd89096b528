import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { promisify } from 'node:util'
import type { Report } from '../../../src/index.ts'
import type { Stage } from './stage.ts'

const here = import.meta.dirname

export type Engine = 'node' | 'k6'

/** What a run at a fixed rate says of itself, in milliseconds. */
export type RunFigures = Pick<Report, 'latencyMs' | 'generator' | 'counts'>

/** A whole run of squall at a rate that it has to keep, on whatever core is free: as its users run it. @throws what it said, where it gives no result */
export async function fixedRate(stage: Stage, engine: Engine, perSecond: number, seconds: number): Promise<RunFigures> {
  const out = join(stage.folder, `${engine}-${perSecond}-${Date.now()}`)
  const flags = ['--rate', `${perSecond}/s`, '--duration', `${seconds}s`, '--target', stage.sink.url, '--out', out]
  const args = [
    join(here, '../../../src/cli/main.ts'),
    'run',
    join(here, 'steady.yaml'),
    ...(engine === 'k6' ? ['--engine', 'k6'] : []),
    ...flags,
    '--json',
    '--quiet',
  ]
  // Nothing shows what the sink stored, so the run ends as inconclusive: its figures are what counts.
  const said = await promisify(execFile)(execPath, args, { env: stage.env, maxBuffer: 2 ** 26 }).catch((error) => error)
  if (!String(said.stdout).startsWith('{')) throw new Error(`a run with the ${engine} engine failed: ${said.stderr}`)
  return JSON.parse(said.stdout)
}
