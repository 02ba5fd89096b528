import { NAMESPACE_STRIDE } from '../model/message.ts'
import { countOf } from '../model/pace.ts'
import { type FlawPlan, type MessageRange, ORDINARY, type PacePlan, type PhasePlan } from '../model/plan.ts'
import { ScenarioError } from '../model/scenario-error.ts'
import { copiesOf, deliveriesPerMessage } from './copies.ts'
import { areaUnder, type Curve, curveOf, peakPerSecond, scaled } from './curve.ts'
import { customersOfPhase, namespaceCount } from './customers.ts'
import type { Phase } from './phase.ts'
import type { Scenario } from './schema.ts'
import { parseDurationMs, parseRatePerSecond, parseShare } from './units.ts'

const HISTORY_MS = 30 * 86_400_000

/** By how much a scenario's rates and times are multiplied, and how many messages its main phase is to have where that is said. */
interface Scale {
  readonly rates: number
  readonly times: number
  readonly mainCount?: number
}

/** The phases in time, with the scenario's own `rate`, `duration` and `events` worked in. @throws ScenarioError */
export function timelineOf(scenario: Scenario): PhasePlan[] {
  const rates = ratesFactor(scenario)
  const main = layOut(scenario, { rates, times: 1 })[mainPhaseOf(scenario)]!
  if (scenario.duration !== undefined) {
    return layOut(scenario, { rates, times: parseDurationMs(scenario.duration) / main.durationMs })
  }
  if (scenario.events === undefined) return layOut(scenario, { rates, times: 1 })
  if (main.messages.count === 0)
    throw new ScenarioError(['events'], 'the main phase has no messages of its own; set duration')
  const mainPhase = scenario.phases[mainPhaseOf(scenario)]!
  const mainCount = perNamespace(namespaceCount(scenario, mainPhase), scenario.events, ['events'])
  return layOut(scenario, { rates, times: mainCount / main.messages.count, mainCount })
}

/** Index of the phase that `rate`, `duration` and `events` set. */
export function mainPhaseOf({ phases, main }: Scenario): number {
  return main === undefined ? 0 : phases.findIndex(({ name }) => name === main)
}

function ratesFactor(scenario: Scenario): number {
  if (scenario.rate === undefined) return 1
  const peak = peakPerSecond(curveOf(scenario.phases[mainPhaseOf(scenario)]!))
  return parseRatePerSecond(scenario.rate) / peak
}

function layOut(scenario: Scenario, scale: Scale): PhasePlan[] {
  const plans: PhasePlan[] = []
  for (let i = 0; i < scenario.phases.length; i++) plans.push(phasePlan(scenario, i, plans, scale))
  return plans
}

function phasePlan(scenario: Scenario, i: number, before: readonly PhasePlan[], scale: Scale): PhasePlan {
  const phase = scenario.phases[i]!
  const again = againOf(phase, before)
  const decreed = decreedCount(scenario, i, scale)
  const pieces = piecesOf(scenario, i, scale, decreed === undefined ? undefined : decreed + again.count)
  const pace: PacePlan = { arrivals: phase.arrivals ?? 'even', pieces }
  const count = decreed ?? countOf(pace) - again.count
  checkCount(count, again.count, i)
  const durationMs = pieces.at(-1)!.toMs
  const previous = before.at(-1)
  const first = previous ? previous.messages.first + previous.messages.count : 0
  if (first + count >= NAMESPACE_STRIDE)
    throw new ScenarioError(['phases', i], 'these are too many messages; make it shorter')
  return {
    name: phase.name,
    startMs: startMsOf(phase, previous, scale),
    durationMs,
    pace,
    messages: { first, count },
    again,
    envelope: phase.replay ? 'replay' : 'live',
    historyMs: phase.replay ? optionalMs(phase.replay.history, HISTORY_MS) : 0,
    copies: copiesOf(phase),
    shuffleMs: phase.shuffle === 'full' ? durationMs : optionalMs(phase.shuffle, 0),
    expects: phase.expects ?? ORDINARY.expects,
    credentials: phase.credentials ?? ORDINARY.credentials,
    signature: phase.signature ?? ORDINARY.signature,
    flaws: flawsOf(phase),
    ...sendersOf(scenario, phase),
  }
}

function sendersOf(scenario: Scenario, phase: Phase): Pick<PhasePlan, 'customers'> {
  const customers = customersOfPhase(scenario, phase)
  return customers === undefined ? {} : { customers }
}

function flawsOf({ flaws }: Phase): FlawPlan {
  return flaws === undefined ? ORDINARY.flaws : { names: flaws.names, share: parseShare(flaws.share ?? 1) }
}

function startMsOf(phase: Phase, previous: PhasePlan | undefined, scale: Scale): number {
  if (phase.at !== undefined) return parseDurationMs(phase.at) * scale.times
  return previous ? previous.startMs + previous.durationMs : 0
}

/** Own messages of a phase where events, not time, say how many there are. */
function decreedCount(scenario: Scenario, i: number, scale: Scale): number | undefined {
  if (i === mainPhaseOf(scenario) && scale.mainCount !== undefined) return scale.mainCount
  const phase = scenario.phases[i]!
  const { events } = phase
  if (events === undefined) return undefined
  return Math.max(
    1,
    Math.round(perNamespace(namespaceCount(scenario, phase), events, ['phases', i, 'events']) * scale.times),
  )
}

/** The rate curve of first copies, stretched until just `count` of them fit, or by the scale where no count is given. */
function piecesOf(scenario: Scenario, i: number, scale: Scale, count: number | undefined): Curve {
  const phase = scenario.phases[i]!
  const curve = scaled(curveOf(phase), scale.rates / deliveriesPerMessage(scenario, phase), 1)
  const area = areaUnder(curve)
  if (!(area > 0)) throw new ScenarioError(['phases', i], 'its rate is 0 throughout; give it a rate above 0')
  return scaled(curve, 1, count === undefined ? scale.times : count / area)
}

function againOf(phase: Phase, before: readonly PhasePlan[]): MessageRange {
  const again = phase.replay?.again
  const source = before.find(({ name }) => name === again?.phase)
  if (!again || !source) return { first: 0, count: 0 }
  return { first: source.messages.first, count: Math.round(source.messages.count * parseShare(again.share ?? 1)) }
}

function checkCount(count: number, again: number, i: number): void {
  if (count < 0) {
    const room = `${again} messages that come again do not fit into the ${again + count} that the phase has room for`
    throw new ScenarioError(
      ['phases', i, 'replay', 'again'],
      `${room}; lower the share, or make the phase longer or faster`,
    )
  }
  if (count + again === 0) throw new ScenarioError(['phases', i], 'not one event fits; make it longer or faster')
}

/** @param namespaces how many there are; each customer is one */
function perNamespace(namespaces: number, events: number, path: readonly (string | number)[]): number {
  if (events % namespaces === 0) return events / namespaces
  throw new ScenarioError(path, `${events} is no multiple of the ${namespaces} namespaces; each gets the same messages`)
}

function optionalMs(text: string | undefined, otherwiseMs: number): number {
  return text === undefined ? otherwiseMs : parseDurationMs(text)
}
