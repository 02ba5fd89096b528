import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { corpusText, makeCorpus } from '../../generators/corpus.ts'
import { copyCountsOf } from '../../generators/schedule/schedule.ts'
import { bundleScript } from '../../src/adapters/k6/bundle-script.ts'
import { GO_SETTINGS } from '../../src/adapters/k6/go-settings.ts'
import { systemClock, systemDigest } from '../../src/adapters/system-world.ts'
import type { LedgerHead } from '../../src/ledger/ledger-head.ts'
import { LineReader } from '../../src/ledger/line-reader.ts'
import type { Assignment } from '../../src/model/assignment.ts'
import { DEFAULT_MIX } from '../../src/model/mix.ts'
import type { AttemptObservation, Observation } from '../../src/model/observation.ts'
import type { Plan } from '../../src/model/plan.ts'
import type { RunHeader } from '../../src/model/run-header.ts'
import { k6Program } from './k6-program.ts'
import { testHeader, testPlan } from './plans.ts'

/** What a k6 process left behind. */
export interface K6Run {
  /** k6's exit code; null: a signal ended it. */
  readonly code: number | null
  readonly head: LedgerHead | undefined
  readonly observations: readonly Observation[]
  readonly attempts: readonly AttemptObservation[]
  /** The run said that it has nothing more to say. */
  readonly ended: boolean
  /** k6's own log. */
  readonly log: string
}

export interface K6RunOptions {
  /** Of `scenarios/k6`; `subscription` unless said. */
  readonly script?: 'stream'
  readonly plan?: Partial<Plan>
  readonly assignment?: Partial<Assignment>
  readonly header?: Partial<RunHeader>
  readonly args?: readonly string[]
  /** Called once k6 runs, and with the path of what it prints. */
  readonly onStart?: (k6: ChildProcess, lines: string) => void
}

const PEOPLE = 200
const CORPUS = corpusText(makeCorpus(1, PEOPLE))
const SCRIPTS = { subscription: bundleScript('subscription'), stream: bundleScript('stream') }

/** The plan that a run of these changes has. */
export function k6Plan(changes: Partial<Plan> = {}): Plan {
  const generator = { ...testPlan().generator, corpusDigest: systemDigest.sha256(CORPUS) }
  return testPlan({ generator, traffic: { mix: DEFAULT_MIX, people: PEOPLE, namespaces: 1 }, ...changes })
}

/** Plays a plan against `url` with the script alone on a real k6. */
export async function k6Run(url: string, options: K6RunOptions = {}): Promise<K6Run> {
  const folder = mkdtempSync(join(tmpdir(), 'squall-k6-'))
  const plan = k6Plan(options.plan)
  const startedAtMs = systemClock.wallMs() + 50
  const header = testHeader(plan, { planned: copyCountsOf(plan), target: { url }, startedAtMs, ...options.header })
  const files = { script: join(folder, 'run.js'), corpus: join(folder, 'corpus.json') }
  const assignment: Assignment = {
    plan,
    header,
    runners: 1,
    corpus: files.corpus,
    credentials: { apiKey: 'key', headers: [] },
    hosts: {},
    ...options.assignment,
  }
  writeFileSync(files.script, await SCRIPTS[options.script ?? 'subscription'])
  writeFileSync(files.corpus, CORPUS)
  writeFileSync(join(folder, 'assignment.json'), JSON.stringify(assignment))
  const k6 = spawn(await k6Program(), [...ARGS, ...(options.args ?? []), files.script], {
    cwd: folder,
    env: environment(folder),
  })
  let log = ''
  k6.stderr.on('data', (chunk) => {
    log += chunk
  })
  options.onStart?.(k6, join(folder, 'lines.txt'))
  const [code] = (await once(k6, 'close')) as [number | null]
  const said = readLines(join(folder, 'lines.txt'))
  rmSync(folder, { recursive: true })
  return { code, log, ...said }
}

const ARGS = [
  'run',
  '--quiet',
  '--summary-mode=disabled',
  '--no-thresholds',
  '--no-usage-report',
  '--log-format=raw',
  '--console-output=lines.txt',
]

function environment(folder: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: folder,
    SQUALL_ASSIGNMENT: join(folder, 'assignment.json'),
    ...GO_SETTINGS,
    K6_AUTO_EXTENSION_RESOLUTION: 'false',
    ...(process.env.SSL_CERT_FILE && { SSL_CERT_FILE: process.env.SSL_CERT_FILE }),
  }
}

function readLines(path: string): Pick<K6Run, 'head' | 'observations' | 'attempts' | 'ended'> {
  const observations: Observation[] = []
  let head: LedgerHead | undefined
  const reader = new LineReader({
    begin(found) {
      head = found
    },
    visit: (one) => observations.push(one),
  })
  if (existsSync(path)) reader.read(readFileSync(path))
  return {
    head,
    observations,
    attempts: observations.filter((one) => one.kind === 'attempt'),
    ended: observations.at(-1)?.kind === 'end',
  }
}
