import { type ChildProcess, spawn } from 'node:child_process'
import { on, once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, statSync, watch, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type PartnerProcess, spawnPartner } from '../../src/adapters/endpoints/partner-process.ts'
import type { Report } from '../../src/model/report.ts'
import { type ProgramEnd, squall } from './run-program.ts'

const top = fileURLToPath(new URL('../..', import.meta.url))
const cli = fileURLToPath(new URL('./partner-entry.ts', import.meta.url))

/** A partner in a process of its own, with its store in a file there. */
export function partnerIn(folder: string, faults: readonly string[] = [], port = 0): Promise<PartnerProcess> {
  mkdirSync(folder, { recursive: true })
  return spawnPartner({ cli, port, store: `sqlite:${join(folder, 'store.db')}`, faults, seed: 1 })
}

/** A run under way in a process of its own. */
export interface StartedRun {
  readonly child: ChildProcess
  readonly out: string
  /** Waits until so many bytes of what was sent are on record, or the run has ended. */
  readonly recorded: (bytes: number) => Promise<void>
  readonly ended: Promise<ProgramEnd>
}

const SCENARIO = `name: killed
people: 100
phases:
  - { name: live, rate: 150/s, duration: 3s, duplicates: 5%, racing: 2%, lag: 100ms }
timeScale: 2000
settle: 2s
`

/** Starts a short run against `url`: about 3 s of live traffic with duplicates, at 150/s. */
export function startRun(
  out: string,
  url: string,
  args: readonly string[] = [],
  before: readonly string[] = [],
): StartedRun {
  const flags = ['--target', url, '--receipts', new URL('receipts', url).href, '--out', out, '--quiet', '--no-warm']
  const scenario = join(dirname(out), 'killed.yaml')
  writeFileSync(scenario, SCENARIO)
  const command = [...before, process.execPath, 'src/cli/main.ts', 'run', scenario, ...flags, ...args]
  const child = spawn(command[0]!, command.slice(1), {
    cwd: top,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  })
  const ended = endOf(child)
  const ledger = join(out, 'ledger', args.includes('k6') ? 'k6-0.sq' : 'node-0.sq')
  return { child, out, ended, recorded: (bytes) => recordedIn(ledger, dirname(out), bytes, ended) }
}

async function endOf(child: ChildProcess): Promise<ProgramEnd> {
  const said = { stdout: '', stderr: '' }
  child.stdout!.on('data', (chunk) => {
    said.stdout += chunk
  })
  child.stderr!.on('data', (chunk) => {
    said.stderr += chunk
  })
  const [code] = await once(child, 'close')
  return { code, ...said }
}

async function recordedIn(ledger: string, folder: string, bytes: number, ended: Promise<unknown>): Promise<void> {
  const watching = watch(folder, { recursive: true })
  const changes = on(watching, 'change')
  const over = ended.then(() => ({ done: true }))
  try {
    while (!isRecorded(ledger, bytes)) {
      if ((await Promise.race([changes.next(), over])).done) return
    }
  } finally {
    watching.close()
  }
}

function isRecorded(ledger: string, bytes: number): boolean {
  return existsSync(ledger) && statSync(ledger).size >= headBytes(ledger) + bytes
}

function headBytes(ledger: string): number {
  const bytes = readFileSync(ledger)
  return bytes.length < 16 ? Number.POSITIVE_INFINITY : 16 + bytes.readUInt32LE(8)
}

export function resultIn(out: string): Report {
  return JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'))
}

/** What one kill of a real run came to. */
export interface KilledRun {
  readonly complaints: readonly string[]
  readonly ambiguous: number
  readonly unsent: number
}

/** Runs against a sound partner, is killed when so many bytes are on record, audited, resumed, and audited again. */
export async function killedRun(folder: string, bytes: number, args: readonly string[] = []): Promise<KilledRun> {
  const partner = await partnerIn(folder)
  try {
    const run = startRun(join(folder, 'run'), partner.url, args)
    await run.recorded(bytes)
    run.child.kill('SIGKILL')
    await run.ended
    const receipts = new URL('receipts', partner.url).href
    const audit = await squall(['audit', run.out, '--receipts', receipts, '--quiet'])
    const cut = resultIn(run.out)
    const resumed = await squall(['run', '--resume', run.out, '--receipts', receipts, '--quiet'])
    const whole = resultIn(run.out)
    const complaints = [
      ...complaintsOf('killed', cut),
      ...(audit.code === 6 || audit.code === 0 ? [] : [`the audit ended with ${audit.code}: ${audit.stderr}`]),
      ...complaintsOf('resumed', whole),
      ...(resumed.code === 0 || cut.run.exitCode === 0
        ? []
        : [`resumed, it ended with ${resumed.code}: ${resumed.stderr}`]),
      ...whole.verdicts.filter(({ status }) => status !== 'pass').map(({ id, claim }) => `${id}: ${claim}`),
      ...(whole.counts.acked === whole.counts.planned
        ? []
        : [`${whole.counts.acked} of ${whole.counts.planned} acked`]),
    ]
    return { complaints, ambiguous: cut.counts.ambiguous, unsent: cut.counts.notSent }
  } finally {
    await partner.stop()
  }
}

/** A sound partner fails nothing, whatever was cut; what it holds and was never sent would be a phantom. */
function complaintsOf(when: string, { counts, verdicts }: Report): string[] {
  const { planned, sent, notSent, acked, rejected, exhausted, ambiguous, abandoned } = counts
  const closes = planned === sent + notSent && sent === acked + rejected + exhausted + ambiguous + abandoned
  const fails = verdicts.filter(({ status }) => status === 'fail').map(({ id, claim }) => `${when}: ${id}: ${claim}`)
  return closes ? fails : [...fails, `${when}: the accounts do not close`]
}
