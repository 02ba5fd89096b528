import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { BROKEN_ROWS, SOUND_ROWS, type ZooRow } from '../support/zoo-rows.ts'
import { sizeOf } from '../support/zoo-trial.ts'
import type { ZooFinding, ZooResult, ZooTask } from './zoo-worker.ts'

/**
 * Plays every broken receiver with 300 seeds, the sound ones in 10 000 runs together, and each once on real sockets:
 * `npm run zoo -- [--only NAME] [--seeds N] [--seed N] [--readme]`. Exit 1 when one was missed or a sound one was blamed; each such run with
 * the command that repeats it. `--seeds` is how many for each broken receiver, and a hundredth of `--seeds 300`'s 10 000 for `--seeds 3`; `--seed` plays
 * that one alone, 0 for real sockets; `--readme` writes the table into the README.
 */
const SEEDS = 300
const SOUND_RUNS = 10_000
const CHUNK = 20

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seeds: { type: 'string', default: String(SEEDS) },
    seed: { type: 'string' },
    readme: { type: 'boolean', default: false },
  },
})
const seedCount = Number(values.seeds)
const rows = [...BROKEN_ROWS, ...SOUND_ROWS].filter(({ name }) => values.only === undefined || name === values.only)
const startedMs = performance.now()
const findings: ZooFinding[] = []

if (rows.length === 0) {
  console.error(
    `there is no receiver "${values.only}" in the zoo; there are ${[...BROKEN_ROWS, ...SOUND_ROWS].map(({ name }) => name).join(', ')}`,
  )
  process.exit(2)
}
// Real sockets first, while nothing else wants the machine.
await playAll(
  rows.filter(() => values.seed === undefined || values.seed === '0').map(({ name }) => ({ name, seeds: [] })),
)
await playAll(rows.flatMap(chunksOf))
for (const row of rows) console.log(lineOf(row))
for (const finding of findings) console.log(complaintOf(finding))
console.log(
  `${findings.length === 0 ? 'nothing' : `${findings.length} runs`} misjudged; ${Math.round((performance.now() - startedMs) / 1000)} s`,
)
if (values.readme && findings.length === 0) writeReadme()
process.exitCode = findings.length === 0 ? 0 : 1

function seedsOf({ verdicts }: ZooRow): number[] {
  if (values.seed !== undefined) return [Number(values.seed)].filter((seed) => seed > 0)
  const count = verdicts.length > 0 ? seedCount : Math.ceil((SOUND_RUNS * seedCount) / SEEDS / SOUND_ROWS.length)
  return Array.from({ length: count }, (_, i) => i + 1)
}

function chunksOf(row: ZooRow): ZooTask[] {
  const seeds = seedsOf(row)
  const count = Math.ceil(seeds.length / CHUNK)
  return Array.from({ length: count }, (_, i) => ({ name: row.name, seeds: seeds.slice(i * CHUNK, (i + 1) * CHUNK) }))
}

/** A thread on each core takes the next task whenever it is free. */
async function playAll(tasks: readonly ZooTask[]): Promise<void> {
  const waiting = [...tasks]
  await Promise.all(
    Array.from({ length: Math.min(availableParallelism(), tasks.length) }, () => work(waiting, tasks.length)),
  )
}

function work(waiting: ZooTask[], total: number): Promise<void> {
  const worker = new Worker(new URL('./zoo-worker.ts', import.meta.url))
  return new Promise((resolve, reject) => {
    const next = (): void => {
      const task = waiting.shift()
      if (task === undefined) void worker.terminate().then(() => resolve())
      else worker.postMessage(task)
    }
    worker.on('error', reject)
    worker.on('message', (result: ZooResult) => {
      findings.push(...result.findings)
      progress(result.task, total - waiting.length, total)
      next()
    })
    next()
  })
}

function progress({ name, seeds }: ZooTask, done: number, total: number): void {
  const what = seeds.length === 0 ? 'on real sockets' : `seeds ${seeds[0]}–${seeds.at(-1)}`
  const line = `${done} of ${total}: ${name}, ${what}; ${findings.length} misjudged`
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}${done === total ? '\n' : ''}`)
  else if (done % 50 === 0 || done === total) process.stderr.write(`${line}\n`)
}

function tallyOf(row: ZooRow): { readonly runs: number; readonly wrong: number; readonly realWrong: boolean } {
  const own = findings.filter(({ name }) => name === row.name)
  const wrong = own.filter(({ seed }) => seed !== null).length
  return { runs: seedsOf(row).length, wrong, realWrong: own.length > wrong }
}

function lineOf(row: ZooRow): string {
  const { runs, wrong, realWrong } = tallyOf(row)
  const judged =
    row.verdicts.length > 0
      ? `${row.verdicts.join(', ')}: ${runs - wrong} of ${runs} caught`
      : `sound: blamed in ${wrong} of ${runs}`
  return `${row.name}: ${judged}, n = ${sizeOf(row)}${realWrong ? '; misjudged on real sockets' : ''}`
}

function complaintOf({ name, seed, complaint }: ZooFinding): string {
  return `${name}, ${seed === null ? 'real sockets' : `seed ${seed}`}: ${complaint}\n  npm run zoo -- --only '${name}' --seed ${seed ?? 0}`
}

function writeReadme(): void {
  const path = new URL('../../README.md', import.meta.url)
  const text = readFileSync(path, 'utf8')
  const table = [
    ['receiver', 'verdict', 'n', `caught of ${seedCount}`],
    ['-', '-', '-', '-'],
    ...rows
      .filter(({ verdicts }) => verdicts.length > 0)
      .map((row) => [
        `\`${row.name}\``,
        row.verdicts.map((id) => `\`${id}\``).join(' '),
        String(sizeOf(row)),
        String(seedCount - tallyOf(row).wrong),
      ]),
  ]
  const lines = table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  const sound = `n is how many messages a run sends. Sound ones blamed: 0 of ${SOUND_ROWS.reduce((sum, row) => sum + seedsOf(row).length, 0)} runs (${SOUND_ROWS.map(({ name }) => `\`${name}\``).join(', ')}).`
  writeFileSync(
    path,
    text.replace(/(<!-- zoo: begin -->)[\s\S]*(<!-- zoo: end -->)/, `$1\n\n${lines}\n\n${sound}\n\n$2`),
  )
}
