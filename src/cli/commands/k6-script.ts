import { writeFileSync } from 'node:fs'
import process from 'node:process'
import type { Command } from 'commander'
import { bundleScript } from '../../adapters/k6/bundle-script.ts'
import { loadScenario } from '../../adapters/scenario-file.ts'
import { systemDigest } from '../../adapters/system-world.ts'
import { readTlsMaterial } from '../../adapters/tls-material.ts'
import { corpusText, type Prepared, parseScenario, prepare, withOverrides } from '../../index.ts'
import type { ArrivalEvents } from '../../model/arrival-run.ts'
import { CliError } from '../cli-error.ts'
import { environment } from '../environment.ts'
import { EXIT } from '../exit-codes.ts'
import { addTrafficFlags, addWireFlags, overridesOf } from '../flags.ts'
import { placesOf } from '../k6-bundle.ts'
import { checkK6Can } from '../k6-limits.ts'
import { letThrough, type Reachable } from '../reach.ts'

interface ScriptFlags {
  readonly out: string
  readonly iOwn?: string
}

const ARRIVAL_RATE = 'arrival-rate'
/** Each VU of k6 keeps the people for itself. */
const PEOPLE = 100

const HELP = `
Writes one file that k6 runs by itself, or in Grafana Cloud: k6's own executors, metrics, thresholds and dashboards on the events of squall. The iteration's
number is the event's index; each VU keeps the scenario's people for itself, who are 100 unless it says another number. It sends the main phase of the scenario, each event once: no copies, no retries, no ledger, no verdicts (for those:
squall run --engine k6). k6 drops what no VU is free for.

Variables of the script (k6 run -e NAME=VALUE):
  SQUALL_TARGET         where events go, on this machine; for another host make the script with --target
  SQUALL_RATE           such as 200/s: constant-arrival-rate    SQUALL_DURATION     such as 1m
  SQUALL_STAGES         such as 30s:100/s,1m:100/s,30s:0/s: ramping-arrival-rate, from SQUALL_RATE or 0/s
  SQUALL_VUS            VUs made ready (a tenth of the rate)    SQUALL_MAX_VUS      more of them at need
  SQUALL_THRESHOLDS     k6's thresholds as JSON                 SQUALL_SUMMARY      file for the summary (squall-summary.json)
  SQUALL_RUN_ID         the run's id; a new one unless given

Examples:
  squall k6 script arrival-rate --rate 200/s -o arrival-rate.js
  K6_WEB_DASHBOARD=true k6 run -e SQUALL_TARGET=http://127.0.0.1:8080/hook arrival-rate.js
  squall k6 summary squall-summary.json`

export function defineScript(command: Command): void {
  command
    .argument('<script>', `which one: ${ARRIVAL_RATE}`)
    .argument('[scenario]', 'whose events: a YAML file, or a preset by name', 'live')
  addWireFlags(addTrafficFlags(command))
    .option('-o, --out <file>', 'where it goes; -: stdout', '-')
    .addHelpText('after', HELP)
    .action(writeScript)
}

async function writeScript(which: string, name: string, flags: ScriptFlags): Promise<void> {
  if (which !== ARRIVAL_RATE) throw new CliError(`there is no script "${which}"; there is ${ARRIVAL_RATE}`, EXIT.usage)
  const { scenario } = await loadScenario(name, parseScenario)
  const asked = withOverrides(scenario, overridesOf({ ...flags }))
  const prepared = prepare({ ...asked, people: asked.people ?? PEOPLE }, systemDigest)
  if (prepared.plan.stream) {
    throw new CliError(
      'profile: the arrival rate of k6 delivers as Segment does; for a Stream take squall run --engine k6, or k6 export',
      EXIT.usage,
    )
  }
  if (prepared.plan.delivery.batchSize > 0) {
    throw new CliError(`batch: k6's arrival rate sends one event a request; leave it out`, EXIT.usage)
  }
  if (prepared.plan.traffic.customers) {
    throw new CliError(
      `customers: k6's arrival rate sends as one of them; leave them out, or take k6 export`,
      EXIT.usage,
    )
  }
  checkK6Can(prepared, { apiKey: '', headers: prepared.plan.delivery.headers }, {})
  const { target, access } = prepared
  const events = eventsOf(prepared, await letThrough(target, flags.iOwn, readTlsMaterial(access)))
  // In one line, so that k6's complaints keep their place in the code.
  const text = `const SQUALL_EVENTS = ${JSON.stringify(events)};${await bundleScript(ARRIVAL_RATE)}`
  if (flags.out === '-') process.stdout.write(text)
  else writeFileSync(flags.out, text)
}

function eventsOf(prepared: Prepared, target: Reachable | undefined): ArrivalEvents {
  const { plan, asks, corpus } = prepared
  return {
    plan,
    asks,
    environment: environment(),
    corpus: corpusText(corpus),
    credentials: placesOf(prepared),
    target: target?.url.href ?? '',
    capped: target?.passage.capped ?? false,
  }
}
