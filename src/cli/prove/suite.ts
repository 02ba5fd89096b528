import { systemDigest } from '../../adapters/system-world.ts'
import { type Need, planSuite, type SuitePlan } from '../../experiments/prove.ts'
import { type Scenario, withOverrides } from '../../index.ts'
import { CliError } from '../cli-error.ts'
import { EXIT } from '../exit-codes.ts'
import { overridesOf, ratePerSecond, wholeNumber } from '../flags.ts'
import type { SuiteFlags } from './suite-flags.ts'

/** A suite as its user asked for it, before anything is sent. */
export interface Suite {
  readonly flags: SuiteFlags
  readonly plan: SuitePlan
  readonly seed: number
  readonly perSecond: number
  readonly declaredPerSecond: number | null
}

const PER_SECOND = '200/s'
/** Stores are expected to be quiet sooner than in a run of its own: there are many of them. */
const SETTLE = '10s'

/**
 * @param againEvents of the run given with `--again`; null: none was given
 * @throws CliError, ScenarioError
 */
export function suiteOf(flags: SuiteFlags, againEvents: number | null): Suite {
  const seed = flags.seed === undefined ? 1 : wholeNumber('--seed', flags.seed, 0, 2 ** 32 - 1)
  const perSecond = ratePerSecond('--rate', flags.rate ?? PER_SECOND)
  const declaredPerSecond =
    flags.declaredRate === undefined ? null : ratePerSecond('--declared-rate', flags.declaredRate)
  const plan = planSuite(
    {
      pace: { perSecond, declaredPerSecond },
      given: givenBy(flags),
      only: flags.only?.split(',').map((id) => id.trim()) ?? [],
      skip: Object.fromEntries((flags.skip ?? []).map(skipOf)),
      dress: (scenario) => dressed(scenario, flags, seed),
      againEvents,
    },
    systemDigest,
  )
  if (plan.steps.length > 0) return { flags, plan, seed, perSecond, declaredPerSecond }
  throw new CliError(`nothing would be played: ${plan.notTested[0]?.reason ?? 'all is left out'}`, EXIT.usage)
}

/** A scenario with what the flags say of the endpoint in it. */
function dressed(scenario: Scenario, flags: SuiteFlags, seed: number): Scenario {
  const { rate: _, declaredRate, restart: __, skip: ___, ...wire } = flags
  const overrides = overridesOf({ settle: SETTLE, ...wire, seed: String(seed) })
  return withOverrides(scenario, { ...overrides, skip: scenario.skip })
}

/** What can be asked for, by what was given. */
function givenBy(flags: SuiteFlags): ReadonlySet<Need> {
  const { state, apiKey, secondKey, secondReceipts, sharedSecret, profile, declaredRate, restart, again, target } =
    flags
  const showsKey = profile === undefined || profile === 'subscription'
  const signs = sharedSecret !== undefined && !showsKey
  const given: readonly (readonly [Need, boolean])[] = [
    ['state', state !== undefined],
    ['api-key', showsKey && apiKey !== undefined],
    ['second-key', showsKey && secondKey !== undefined && secondReceipts !== undefined],
    ['shared-secret', signs],
    ['declared-rate', declaredRate !== undefined],
    ['restart', restart !== undefined],
    ['again', again !== undefined],
    ['https', target?.startsWith('https:') === true],
  ]
  return new Set(given.filter(([, isGiven]) => isGiven).map(([need]) => need))
}

function skipOf(text: string): [id: string, reason: string] {
  const [, id, reason] = /^([\w-]+)=(.*\S.*)$/.exec(text) ?? []
  if (id !== undefined && reason !== undefined) return [id, reason]
  throw new CliError(`--skip: "${text}" gives no reason; write --skip 'ID=why'`, EXIT.usage)
}
