/**
 * The latency that each engine of squall sees of the same sink at the same rate: p50 and p99, in turn, with the interval of their ratio.
 *     node test/bench/peers/engines.ts [--rounds 6] [--rate 1000] [--rate-seconds 4]
 */
import { parseArgs } from 'node:util'
import { type Engine, fixedRate, type RunFigures } from './fixed-rate.ts'
import { keepResult } from './result-places.ts'
import { confidenceOfRange, pairedRatios, spreadOf, spreadText } from './spread.ts'
import { openStage } from './stage.ts'
import { markdown } from './table.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '6' },
    rate: { type: 'string', default: '1000' },
    'rate-seconds': { type: 'string', default: '4' },
  },
})
const rounds = Number(values.rounds)
const runs: Record<Engine, RunFigures[]> = { node: [], k6: [] }
const stage = await openStage()
try {
  for (let round = 0; round < rounds; round++) {
    const engines: Engine[] = round % 2 === 0 ? ['node', 'k6'] : ['k6', 'node']
    for (const engine of engines) {
      runs[engine].push(await fixedRate(stage, engine, Number(values.rate), Number(values['rate-seconds'])))
    }
  }
} finally {
  stage.close()
}

const sure = `${(confidenceOfRange(rounds) * 100).toFixed(1)} %`
const rows = (['fromSend', 'fromDue'] as const).flatMap((from) => (['p50', 'p99'] as const).map((at) => row(from, at)))
const text = [
  markdown(['latency ms', 'Node', 'k6', `k6 ÷ Node, median and ${sure} interval`], rows),
  '',
  `${values.rate}/s, ${rounds} rounds of ${values['rate-seconds']} s with each engine in turn.`,
].join('\n')
console.log(text)
console.log(`\n${keepResult('engines', { ...values, runs }, text)}`)

function row(from: 'fromSend' | 'fromDue', at: 'p50' | 'p99'): string[] {
  const [node, k6] = (['node', 'k6'] as const).map((engine) => runs[engine].map((run) => run.latencyMs[from][at] ?? 0))
  const name = `${at} from ${from === 'fromSend' ? 'send' : 'due'}`
  return [
    name,
    spreadText(spreadOf(node!), 2),
    spreadText(spreadOf(k6!), 2),
    spreadText(spreadOf(pairedRatios(k6!, node!)), 2),
  ]
}
