import { z } from 'zod'
import type { CustomersPlan } from '../model/plan.ts'
import { ScenarioError } from '../model/scenario-error.ts'
import { fields, notOneOf, place, text } from './fields.ts'
import type { Phase } from './phase.ts'
import type { Scenario } from './schema.ts'

/** A customer of the receiver's. */
export interface Customer {
  readonly name: string
  /** Where its API key stands; the key is its name unless said. */
  readonly apiKey?: string
  /** What it has set up beside its key: X-Segment-Settings. */
  readonly settings?: Readonly<Record<string, unknown>>
}

const SETTINGS_BYTES_MAX = 4096

const customerSchema: z.ZodType<Customer> = fields({
  name: text(
    'What receipts call the customer (`account`).',
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'a name of lower-case letters, digits and hyphens',
  ),
  apiKey: place('Where its API key stands; the key is the name unless said.').exactOptional(),
  settings: z
    .record(z.string(), z.json(), { error: 'write {setting: value}' })
    .describe('What it has set up beside its key: X-Segment-Settings.')
    .exactOptional(),
})

export const customersSchema: z.ZodType<readonly Customer[]> = z
  .array(customerSchema, { error: 'write a list of customers, such as [{name: acme, apiKey: env:ACME_KEY}]' })
  .min(1, { error: 'there must be at least one customer' })
  .max(64, { error: 'there may be 64 customers at most' })

/** @throws ScenarioError for what does not fit together */
export function checkCustomers(scenario: Scenario): void {
  const { customers, collide, phases } = scenario
  for (const [i, phase] of phases.entries()) checkPhase(scenario, phase, i)
  if (customers === undefined) {
    if (collide)
      throw new ScenarioError(['collide'], 'ids of two customers collide, and there are none; give customers')
    return
  }
  checkOthers(scenario)
  for (const [i, { name, settings = {} }] of customers.entries()) {
    if (customers.findIndex((other) => other.name === name) < i)
      throw new ScenarioError(['customers', i, 'name'], `another customer is called "${name}"; rename one`)
    if (JSON.stringify(settings).length > SETTINGS_BYTES_MAX)
      throw new ScenarioError(
        ['customers', i, 'settings'],
        `a header holds at most ${SETTINGS_BYTES_MAX} bytes of them`,
      )
  }
}

/** @param customers known to `checkCustomers` */
export function customersPlanOf({ customers, collide = false }: Scenario): CustomersPlan | undefined {
  if (customers === undefined) return undefined
  return {
    names: customers.map(({ name }) => name),
    keys: customers.map(({ name, apiKey }) => apiKey ?? name),
    settings: customers.map(({ settings = {} }) => JSON.stringify(settings)),
    collide,
  }
}

/** Undefined: all of them. */
export function customersOfPhase(scenario: Scenario, phase: Phase): number[] | undefined {
  const { customers = [] } = scenario
  return sendersOf(scenario, phase)?.map((name) => customers.findIndex((customer) => customer.name === name))
}

/** In how many namespaces a phase sends. */
export function namespaceCount(scenario: Scenario, phase: Phase): number {
  const { namespaces = 1, customers } = scenario
  return sendersOf(scenario, phase)?.length ?? customers?.length ?? namespaces
}

/** What comes again comes from whoever sent it first. */
function sendersOf({ phases }: Scenario, phase: Phase): readonly string[] | undefined {
  return phase.customers ?? originOf(phases, phase)?.customers
}

function originOf(phases: readonly Phase[], { replay }: Phase): Phase | undefined {
  return phases.find(({ name }) => name === replay?.again?.phase)
}

function checkOthers({ profile = 'subscription', apiKey, namespaces }: Scenario): void {
  if (profile !== 'subscription')
    throw new ScenarioError(['customers'], `are told apart by API keys, and the ${profile} profile has none`)
  if (apiKey !== undefined) throw new ScenarioError(['apiKey'], 'each customer has a key of its own; leave this out')
  if (namespaces !== undefined)
    throw new ScenarioError(['namespaces'], 'each customer is a namespace already; leave this out')
}

function checkPhase({ customers = [], phases }: Scenario, phase: Phase, i: number): void {
  const known = customers.map(({ name }) => name)
  const before = originOf(phases, phase)
  for (const [j, name] of (phase.customers ?? []).entries()) {
    const path = ['phases', i, 'customers', j]
    if (known.length === 0) throw new ScenarioError(path, 'the scenario has no customers; list them under customers')
    if (!known.includes(name)) throw new ScenarioError(path, notOneOf(name, known))
    if (before?.customers?.includes(name) === false)
      throw new ScenarioError(path, `"${name}" has sent nothing in the phase "${before.name}", which comes again here`)
    if (phase.customers!.indexOf(name) < j) throw new ScenarioError(path, `"${name}" stands here twice`)
  }
}
