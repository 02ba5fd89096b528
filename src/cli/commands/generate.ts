import process from 'node:process'
import type { Command } from 'commander'
import { loadScenario } from '../../adapters/scenario-file.ts'
import { systemClock, systemDigest } from '../../adapters/system-world.ts'
import { deliveriesOf, messagesOf, parseScenario, prepare, withOverrides } from '../../index.ts'
import { FLAWS } from '../../model/flaws.ts'
import { messageCount } from '../../model/ordinal.ts'
import { eventsOf } from '../events-of.ts'
import { addTrafficFlags, overridesOf } from '../flags.ts'
import { groundTruth } from '../ground-truth.ts'
import { nobodyReal } from '../nobody-real.ts'
import { People } from '../people.ts'
import { runIdOf } from '../run-id.ts'
import { START, startMsOf } from '../run-start.ts'
import { openStepProgress, SILENT_STEPS, type StepProgress } from '../step-progress.ts'
import { writeLines } from '../write-lines.ts'

interface GenerateFlags {
  readonly out: string
  readonly truth?: string
  readonly purgeList?: string
  readonly start: string
  readonly runId?: string
  readonly quiet: boolean
}

const REMARKS = { accepted: '', refused: ' (invalid)', either: ' (may be refused)' } as const

const HELP = `
The same command gives the same bytes. --truth says of each delivery which message it carries, when, and which copy it is. --purge-list names
everybody whom the events are about, to be deleted at the partner afterwards: with the scenario, seed and --run-id of a run, that run's people.

A phase of a scenario may give some of its events flaws: flaws: {share: 5%, names: [null-user-id, …]}. There are
${flawLines()}

Examples:
  squall generate --events 100000 | squall lint
  squall generate --profile stream --events 1000 | squall lint --profile stream
  squall generate duplicates --events 1000 --out events.ndjson --truth truth.ndjson
  squall generate live --run-id k3f9a2bc --out /dev/null --purge-list people.ndjson`

export function define(command: Command): void {
  addTrafficFlags(command.argument('[scenario]', 'a YAML file, or a preset by name', 'live'))
    .option('-o, --out <file>', 'where the events go; -: stdout', '-')
    .option('--truth <file>', 'where their ground truth goes')
    .option('--purge-list <file>', 'where the userIds, anonymousIds and e-mail addresses of all its people go')
    .option('--start <time>', 'moment of the first delivery', START)
    .option('--profile <name>', 'who sends them: subscription, webhook, actions, or stream (a partner, to Segment)')
    .option('--run-id <id>', 'the run that the events belong to (from the traffic itself unless given)')
    .option('--quiet', 'no progress', false)
    .addHelpText('after', HELP)
    .action(generate)
}

/** The valid ones first. */
function flawLines(): string {
  return FLAWS.map(({ name, meaning, expects }) => `  ${name.padEnd(24)}${meaning}${REMARKS[expects]}`).join('\n')
}

async function generate(name: string, flags: GenerateFlags): Promise<void> {
  const startedAtMs = startMsOf(flags.start)
  const { scenario } = await loadScenario(name, parseScenario)
  const prepared = prepare(withOverrides(scenario, overridesOf({ ...flags })), systemDigest)
  const id = runIdOf(flags.runId ?? prepared.planHash.slice(0, 8))
  const traffic = messagesOf(prepared, { id, startedAtMs })
  const people = flags.purgeList === undefined ? undefined : new People()
  const events = nobodyReal(eventsOf(prepared.plan, traffic))
  await writeEvents(events, messageCount(prepared.plan), people, flags)
  const { plan, schedule } = prepared
  if (flags.truth !== undefined)
    await writeLines(groundTruth(plan, deliveriesOf(plan, traffic, schedule), traffic), flags.truth)
  if (flags.purgeList !== undefined && people) await writeLines(people.lines(), flags.purgeList)
}

async function writeEvents(
  events: Iterable<Uint8Array>,
  total: number,
  people: People | undefined,
  { out, quiet }: GenerateFlags,
): Promise<void> {
  const text = 'events written'
  const progress = quiet ? SILENT_STEPS : openStepProgress(process.stderr, text, total, systemClock.nowMs)
  try {
    await writeLines(watched(events, people, progress), out)
  } finally {
    progress.close()
  }
}

function* watched(
  events: Iterable<Uint8Array>,
  people: People | undefined,
  progress: StepProgress,
): Generator<Uint8Array, void, undefined> {
  let done = 0
  for (const bytes of events) {
    people?.add(bytes)
    yield bytes
    if (++done % SHOWN_EVERY === 0) progress.show(done)
  }
}

/** The clock is not asked at each event. */
const SHOWN_EVERY = 1000
