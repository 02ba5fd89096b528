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

/** What a suite can do with, beside its flags. */
export interface SuiteMeans {
  /** Of the run given with `--again`; null: none was given. */
  readonly againEvents: number | null
  /** What the receiver is to make of events; undefined: nobody said. */
  readonly expect: Scenario['expect']
  /** The partner is squall's own, and there may be as many as it takes. */
  readonly isEmbedded: boolean
}

const PER_SECOND = '200/s'
/** Stores are expected to be quiet sooner than in a run of its own: there are many of them. */
const SETTLE = '10s'

/** @throws CliError, ScenarioError */
export function suiteOf(flags: SuiteFlags, means: SuiteMeans): Suite {
  const seed = flags.seed === undefined ? 1 : wholeNumber('--seed', flags.seed, 0, 2 ** 32 - 1)
  const perSecond = ratePerSecond('--rate', flags.rate ?? PER_SECOND)
  const declaredPerSecond =
    flags.declaredRate === undefined ? null : ratePerSecond('--declared-rate', flags.declaredRate)
  const plan = planSuite(
    {
      pace: { perSecond, declaredPerSecond },
      given: givenBy(flags, means),
      only: flags.only?.split(',').map((id) => id.trim()) ?? [],
      skip: Object.fromEntries((flags.skip ?? []).map(skipOf)),
      dress: (scenario) => dressed(scenario, flags, means, seed),
      againEvents: means.againEvents,
    },
    systemDigest,
  )
  if (plan.steps.length > 0) return { flags, plan, seed, perSecond, declaredPerSecond }
  throw new CliError(`nothing would be played: ${plan.notTested[0]?.reason ?? 'all is left out'}`, EXIT.usage)
}

/** A scenario with what the flags say of the endpoint in it. */
function dressed(scenario: Scenario, flags: SuiteFlags, { expect }: SuiteMeans, seed: number): Scenario {
  const { rate: _, declaredRate, restart: __, skip: ___, outbox, ...wire } = flags
  const asks = (id: string): boolean => scenario.verdicts?.includes(id) === true && scenario.skip?.[id] === undefined
  const overrides = overridesOf({ settle: SETTLE, ...wire, seed: String(seed) })
  const asking = asks('understood') && expect !== undefined ? { ...scenario, expect } : scenario
  return withOverrides(asking, {
    ...overrides,
    ...(asks('no-side-effects') && { outbox }),
    skip: scenario.skip,
  })
}

/** What can be asked for, by what was given. */
function givenBy(flags: SuiteFlags, { expect, isEmbedded }: SuiteMeans): ReadonlySet<Need> {
  const { apiKey, secondKey, secondReceipts, sharedSecret, profile, target } = flags
  const showsKey = profile === undefined || profile === 'subscription'
  const signs = sharedSecret !== undefined && !showsKey
  const given: readonly (readonly [Need, boolean])[] = [
    ['receipts', flags.receipts !== undefined],
    ['state', flags.state !== undefined],
    ['outbox', flags.outbox !== undefined],
    ['expect', expect !== undefined],
    ['api-key', showsKey && apiKey !== undefined],
    ['expired-key', showsKey && flags.expiredKey !== undefined],
    ['own-partner', isEmbedded],
    ['second-key', showsKey && secondKey !== undefined && secondReceipts !== undefined],
    ['shared-secret', signs],
    ['declared-rate', flags.declaredRate !== undefined],
    ['restart', flags.restart !== undefined],
    ['again', flags.again !== undefined],
    ['https', target?.startsWith('https:') === true],
  ]
  return new Set(given.filter(([, isGiven]) => isGiven).map(([need]) => need))
}

function skipOf(text: string): [id: string, reason: string] {
  const [, id, reason] = /^([\w-]+)=(.*\S.*)$/.exec(text) ?? []
  if (id !== undefined && reason !== undefined) return [id, reason]
  throw new CliError(`--skip: "${text}" gives no reason; write --skip 'ID=why'`, EXIT.usage)
}
