import type { CallType } from './message.ts'

/** An event of the author's own, beside those of the Spec. */
export interface TemplatePlan {
  readonly type: TemplateCall
  /** A track's event, the name of a page or screen; empty where the call has none. */
  readonly name: string
  readonly client: TemplateClient
  /** Whether it is about somebody who is known and comes again, or about a visitor who stays unknown. */
  readonly user: 'known' | 'anonymous'
  /** How many there are beside the visits of a mix's journeys. */
  readonly weight: number
  /** Its properties or traits. */
  readonly members: { readonly [key: string]: TemplateValue }
}

export type TemplateCall = Extract<CallType, 'track' | 'identify' | 'page' | 'screen' | 'group'>

export type TemplateClient = 'web' | 'mobile' | 'server' | 'service'

/**
 * What is written down for a member: JSON in which a text may name things of the corpus, `{{person.email}}`, and in which
 * `{oneOf: […], weights: […]}` and `{between: 1..10}` are drawn anew for each event.
 */
export type TemplateValue =
  | string
  | number
  | boolean
  | null
  | readonly TemplateValue[]
  | { readonly [key: string]: TemplateValue }

/** One of several values; equally often unless weights are given. */
export interface Choice {
  readonly oneOf: readonly TemplateValue[]
  readonly weights?: readonly number[]
}

/** A number from one to the other; with cents where one of them is written with a point. */
export interface Range {
  readonly from: number
  readonly to: number
  readonly decimals: 0 | 2
}

/** Undefined: the value is no choice. */
export function choiceIn(value: TemplateValue): Choice | undefined {
  return isObject(value) && 'oneOf' in value ? (value as unknown as Choice) : undefined
}

/** Undefined: the value is no range, or none that is written as `1..10` or `0.50..9.99`. */
export function rangeIn(value: TemplateValue): Range | undefined {
  const { between: text } = isObject(value) ? value : {}
  const [, from, to] = /^(\d{1,7}(?:\.\d{1,2})?)\.\.(\d{1,7}(?:\.\d{1,2})?)$/.exec(`${text}`) ?? []
  if (from === undefined || to === undefined || Number(from) > Number(to)) return undefined
  return { from: Number(from), to: Number(to), decimals: `${text}`.replace('..', '').includes('.') ? 2 : 0 }
}

/** A text cut where `{{…}}` names something: plain parts and names in turn, the first one plain. */
export function partsOf(text: string): string[] {
  return text.split(/\{\{\s*([^{}]*?)\s*\}\}/)
}

export function isObject(value: TemplateValue): value is { readonly [key: string]: TemplateValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
