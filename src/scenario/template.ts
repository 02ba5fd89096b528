import { z } from 'zod'
import { nearest } from '../model/nearest.ts'
import { ScenarioError } from '../model/scenario-error.ts'
import {
  choiceIn,
  isObject,
  partsOf,
  rangeIn,
  type TemplateCall,
  type TemplateClient,
  type TemplatePlan,
  type TemplateValue,
} from '../model/template.ts'
import { isTemplateName, TEMPLATE_NAMES } from '../model/template-names.ts'
import { fields, oneOf, text, whole } from './fields.ts'

/** An event of the author's own. */
export interface Template {
  readonly type?: TemplateCall
  /** A track call's event. */
  readonly event?: string
  /** Of a page or screen. */
  readonly name?: string
  readonly client?: TemplateClient
  readonly user?: 'known' | 'anonymous'
  /** How many come beside the visits of a mix's journeys; 1 unless said. */
  readonly weight?: number
  readonly properties?: Readonly<Record<string, TemplateValue>>
  readonly traits?: Readonly<Record<string, TemplateValue>>
}

type Path = readonly (string | number)[]

const CALLS = ['track', 'identify', 'page', 'screen', 'group'] as const
const CLIENTS = ['web', 'mobile', 'server', 'service'] as const
const USERS = ['known', 'anonymous'] as const
const WEIGHT_MAX = 1000
const BYTES_MAX = 16_384
const LIST_MAX = 1000
const DEPTH_MAX = 16

const members = (about: string): z.ZodType<Readonly<Record<string, TemplateValue>>> =>
  z
    .record(z.string(), z.json(), { error: 'write {name: value}, such as {seat: 12A, email: "{{person.email}}"}' })
    .describe(about)

const title = (about: string): z.ZodString => text(about, /^[^\r\n]{0,199}\S$/, 'a line of at most 200 characters')

export const templateSchema: z.ZodType<Template> = fields({
  type: oneOf('Which call it is; track unless said.', ...CALLS).exactOptional(),
  event: title('The event of a track call.').exactOptional(),
  name: title('The name of a page or screen.').exactOptional(),
  client: oneOf('Through which kind of library it is seen.', ...CLIENTS).exactOptional(),
  user: oneOf('known: somebody who comes again; anonymous: a visitor without userId.', ...USERS).exactOptional(),
  weight: whole('How many come beside the visits of a mix’s journeys; 1 unless said.', 1, WEIGHT_MAX).exactOptional(),
  properties: members(
    'What it says: JSON with {{names}}, {oneOf: […], weights: […]} and {between: 1..10}.',
  ).exactOptional(),
  traits: members('The same of an identify or group call.').exactOptional(),
})

/** @throws ScenarioError for what does not fit together, and for names that there are not */
export function checkTemplate(template: Template, path: Path): void {
  const { type = 'track', event, name, user } = template
  const described = type === 'identify' || type === 'group'
  if (type === 'track' && event === undefined) throw new ScenarioError(path, 'a track call has an event; give event')
  if (type !== 'track' && event !== undefined) throw misplaced(path, 'event', 'a track call', type)
  const isNamed = type === 'page' || type === 'screen'
  if (isNamed && name === undefined) throw new ScenarioError(path, `a ${type} call has a name; give name`)
  if (!isNamed && name !== undefined) throw misplaced(path, 'name', 'a page or screen call', type)
  if (described && template.properties) throw misplaced(path, 'properties', 'another call; give traits', type)
  if (!described && template.traits) throw misplaced(path, 'traits', 'identify or group; give properties', type)
  if (user === 'anonymous' && (type === 'identify' || isBackEnd(clientOf(template)))) {
    throw new ScenarioError([...path, 'user'], 'whoever says this knows the user; leave it out, or set client: web')
  }
  const key = described ? 'traits' : 'properties'
  checkSize(template[key] ?? {}, [...path, key])
  checkValue(template[key] ?? {}, [...path, key], 0)
}

/** @param templates known to `checkTemplate` */
export function templatePlansOf(templates: readonly Template[]): TemplatePlan[] {
  return templates.map((template) => ({
    type: template.type ?? 'track',
    name: template.event ?? template.name ?? '',
    client: clientOf(template),
    user: template.user ?? 'known',
    weight: template.weight ?? 1,
    members: template.properties ?? template.traits ?? {},
  }))
}

function misplaced(path: Path, field: string, whose: string, type: TemplateCall): ScenarioError {
  return new ScenarioError([...path, field], `belongs to ${whose}, and this one is of type ${type}`)
}

function clientOf({ type = 'track', client }: Template): TemplateClient {
  if (client) return client
  if (type === 'screen') return 'mobile'
  return type === 'identify' || type === 'group' ? 'server' : 'web'
}

function isBackEnd(client: TemplateClient): boolean {
  return client === 'server' || client === 'service'
}

function checkSize(value: TemplateValue, path: Path): void {
  const bytes = JSON.stringify(value).length
  if (bytes > BYTES_MAX) throw new ScenarioError(path, `a template has at most ${BYTES_MAX} bytes, this has ${bytes}`)
}

function checkValue(value: TemplateValue, path: Path, depth: number): void {
  if (depth > DEPTH_MAX) throw new ScenarioError(path, `nests more than ${DEPTH_MAX} deep; make it flatter`)
  if (typeof value === 'string') checkNames(value, path)
  if (isObject(value)) checkDrawn(value, path)
  if (typeof value !== 'object' || value === null) return
  for (const [key, one] of Object.entries(value)) checkValue(one, [...path, stepOf(key, value)], depth + 1)
}

function stepOf(key: string, within: object): string | number {
  return Array.isArray(within) ? Number(key) : key
}

function checkNames(value: string, path: Path): void {
  const parts = partsOf(value)
  const unknown = parts.find((part, i) => i % 2 === 1 && !isTemplateName(part))
  if (unknown !== undefined) throw new ScenarioError(path, complaintAbout(unknown))
  if (parts.some((part, i) => i % 2 === 0 && /\{\{|\}\}/.test(part))) {
    throw new ScenarioError(path, `"${value.slice(0, 60)}" opens or closes a name only; write {{person.email}}`)
  }
}

function complaintAbout(name: string): string {
  const known = Object.keys(TEMPLATE_NAMES)
  const meant = nearest(name, known) ?? nearest(`person.${name}`, known) ?? nearest(`product.${name}`, known)
  return `there is no {{${name}}}; ${meant ? `did you mean {{${meant}}}?` : `known are ${known.join(', ')}`}`
}

/** A distribution stands alone in its braces. */
function checkDrawn(value: { readonly [key: string]: TemplateValue }, path: Path): void {
  const keys = Object.keys(value)
  const near = keys.find((key) => /^(one[_ ]?of|between)$/i.test(key) && key !== 'oneOf' && key !== 'between')
  if (near !== undefined && keys.length === 1) {
    const right = near.toLowerCase() === 'between' ? 'between' : 'oneOf'
    throw new ScenarioError([...path, near], `did you mean "${right}"?`)
  }
  const choice = choiceIn(value)
  if (choice) checkChoice(choice.oneOf, choice.weights, keys, path)
  else if ('between' in value) checkRange(value, keys, path)
}

function checkChoice(values: unknown, weights: unknown, keys: readonly string[], path: Path): void {
  const other = keys.find((key) => key !== 'oneOf' && key !== 'weights')
  if (other !== undefined) {
    const meant = nearest(other, ['weights'])
    throw new ScenarioError([...path, other], `beside oneOf stands weights alone${meant ? '; did you mean it?' : ''}`)
  }
  if (!Array.isArray(values) || values.length === 0 || values.length > LIST_MAX)
    throw new ScenarioError([...path, 'oneOf'], 'write a list of values, such as [economy, business]')
  if (weights === undefined) return
  const isWeight = (weight: unknown): boolean =>
    Number.isInteger(weight) && Number(weight) > 0 && Number(weight) <= 1000
  if (!Array.isArray(weights) || weights.length !== values.length || !weights.every(isWeight))
    throw new ScenarioError(
      [...path, 'weights'],
      `write ${values.length} whole numbers from 1 to 1000, one for each value`,
    )
}

function checkRange(value: { readonly [key: string]: TemplateValue }, keys: readonly string[], path: Path): void {
  if (keys.length > 1) throw new ScenarioError(path, 'between stands alone: {between: 1..10}')
  if (rangeIn(value)) return
  throw new ScenarioError(
    [...path, 'between'],
    `${JSON.stringify(value.between)} is no range; write 1..10 or 0.50..9.99, the lower number first, below 10000000`,
  )
}
