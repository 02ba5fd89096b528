/**
 * What an event costs: squall's engines beside their peers, on the same work against the same sink. Prints one table; its data lands
 * in `reports/bench`.
 *     node test/bench/peers/main.ts [--rounds 5] [--seconds 2] [--rate-seconds 5] [--readme]
 * `--readme` writes the table into the README; `npx biome check --write README.md` aligns it.
 */
import { cpus } from 'node:os'
import { argv, version } from 'node:process'
import { parseArgs } from 'node:util'
import { compare, sinkLimit } from './compare.ts'
import { contenders, SQUALL_K6, WRK } from './contenders.ts'
import { lags } from './lags.ts'
import { parts } from './parts.ts'
import { keepResult, writeIntoReadme } from './result-places.ts'
import { openStage, type Stage } from './stage.ts'
import { type Bench, tableOf } from './table.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    'rate-seconds': { type: 'string', default: '5' },
    readme: { type: 'boolean', default: false },
  },
})
const said = argv.slice(2).filter((word) => word !== '--readme')
const command = ['npm run bench', ...(said.length > 0 ? ['--', ...said] : [])].join(' ')
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
const stage = await openStage()
const bench = await measured(stage).finally(() => stage.close())
const text = tableOf(bench)
console.log(text)
console.log(`\n${keepResult(bench.date, bench, text)}`)
if (values.readme) writeIntoReadme(text)

async function measured(stage: Stage): Promise<Bench> {
  const field = await contenders()
  const wrk = field.find(({ name }) => name === WRK)!
  const limit = wrk.missing ? undefined : await sinkLimit(stage, wrk, seconds)
  const compared = await compare(stage, field, { rounds, seconds })
  const hasK6 = compared.some(({ name, windows }) => name === SQUALL_K6 && windows.length > 0)
  const engines = hasK6 ? (['node', 'k6'] as const) : (['node'] as const)
  return {
    command,
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${version.slice(1)}`,
    rounds,
    seconds,
    compared,
    sinkLimit: limit,
    lags: await lags(stage, engines, Number(values['rate-seconds'])),
    parts: await parts(),
  }
}
