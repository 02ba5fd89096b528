import type { Command } from 'commander'
import { loadScenario } from '../../adapters/scenario-file.ts'
import { parseFault, parseScenario, type Scenario } from '../../index.ts'
import { presetFor, withShownFault } from '../broken-demo.ts'
import { addOutputFlags, type OutputFlags } from '../output-flags.ts'
import { playToExit } from '../session.ts'

interface DemoFlags extends OutputFlags {
  readonly broken?: string
  readonly out?: string
}

/** Partners whose fault shows only when they are killed. */
const SHOWN_BY_CRASH: readonly string[] = ['acks-before-persist', 'loses-on-restart']

/** Partners whose fault shows only in batches. */
const SHOWN_BY_BATCHES: readonly string[] = ['partial-batch']

const HELP = `
Examples:
  squall demo
  squall demo --broken 'loses(1e-3)'
  squall demo --broken acks-before-persist      the partner is killed and started again in the middle`

export function define(command: Command): void {
  addOutputFlags(command)
    .option('--broken <name>', 'play against a partner that is broken in this way')
    .option('--out <folder>', 'where the run lands (default: reports/<time>-<id>)')
    .addHelpText('after', HELP)
    .action(demo)
}

async function demo(flags: DemoFlags): Promise<void> {
  const { broken } = flags
  const { scenario } = await loadScenario(
    broken === undefined ? 'demo' : presetFor(parseFault(broken).name),
    parseScenario,
  )
  await playToExit({
    ...flags,
    scenario: broken === undefined ? scenario : withFault(scenario, broken),
    crash: broken !== undefined && SHOWN_BY_CRASH.includes(parseFault(broken).name),
    next:
      broken === undefined
        ? () => "squall demo --broken 'loses(1e-3)' shows a partner that loses one event in a thousand"
        : (folder) => `squall report ${folder} makes this report again`,
  })
}

function withFault(scenario: Scenario, fault: string): Scenario {
  const { name } = parseFault(fault)
  const batches = SHOWN_BY_BATCHES.includes(name)
  const shape = batches ? ({ profile: 'actions', batch: 10, rate: '30/s' } as const) : {}
  return { ...withShownFault(scenario, fault, name), ...shape }
}
