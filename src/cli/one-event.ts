import { systemClock, systemDigest, systemRandom } from '../adapters/system-world.ts'
import {
  type Message,
  messagesOf,
  type Prepared,
  prepare,
  type Scenario,
  type ScenarioOverrides,
  withOverrides,
} from '../index.ts'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'

/** Events of some types are rare: so many are looked through. */
const LOOKED_THROUGH = 20_000
/** Close together: they all happen about now. */
const RATE = '1000/s'

/** A scenario of single events, as the flags want them delivered. @throws ScenarioError */
export function singleEvents(overrides: ScenarioOverrides): Prepared {
  const scenario: Scenario = {
    name: 'send',
    phases: [{ name: 'one', rate: RATE, events: LOOKED_THROUGH }],
    connections: 1,
    inFlight: 1,
    verdicts: [],
  }
  return prepare(withOverrides(scenario, overrides), systemDigest)
}

/** The nth event of a type, happening now. @throws CliError when there are not so many */
export function eventNow(prepared: Prepared, type: Message['type'], nth: number): Message {
  const id = systemRandom.runId()
  const at = (startedAtMs: number): ReturnType<typeof messagesOf> => messagesOf(prepared, { id, startedAtMs })
  const index = indexOf(at(0), type, nth)
  const nowMs = systemClock.wallMs()
  const behindMs = at(nowMs).timestampMsAt(index) - nowMs
  return at(nowMs - Math.max(0, behindMs)).messageAt(index, 'live')
}

function indexOf(traffic: ReturnType<typeof messagesOf>, type: Message['type'], nth: number): number {
  let seen = 0
  for (let index = 0; index < LOOKED_THROUGH; index++) {
    if (traffic.typeAt(index) === type && ++seen === nth) return index
  }
  const what = seen === 0 ? `there is no ${type} event` : `there are ${seen} ${type} events`
  throw new CliError(`--event: ${what} among the first ${LOOKED_THROUGH}; take a lower number`, EXIT.usage)
}
