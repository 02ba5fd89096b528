import type { PropertyType } from '../model/semantic-events.ts'
import { isIsoDate } from './iso-time.ts'
import { isObject } from './json.ts'

export function holds(type: PropertyType, value: unknown): boolean {
  return HOLDS[type](value)
}

/** The type in words: what the value should be. */
export function nameOf(type: PropertyType): string {
  return NAMES[type]
}

const isText = (value: unknown): boolean => typeof value === 'string'
const areTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText)
const isYesOrNo = (value: unknown): boolean => typeof value === 'boolean'

const HOLDS: Readonly<Record<PropertyType, (value: unknown) => boolean>> = {
  string: isText,
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  boolean: isYesOrNo,
  date: isIsoDate,
  object: isObject,
  array: Array.isArray,
  'array<string>': areTexts,
  'object<boolean>': (value) => isObject(value) && Object.values(value).every(isYesOrNo),
  'string|object': (value) => isText(value) || isObject(value),
  'string|number': (value) => isText(value) || typeof value === 'number',
  'string|array<string>': (value) => isText(value) || areTexts(value),
}

const NAMES: Readonly<Record<PropertyType, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  date: 'a date in ISO 8601',
  object: 'an object',
  array: 'an array',
  'array<string>': 'an array of texts',
  'object<boolean>': 'an object of true and false',
  'string|object': 'text or an object',
  'string|number': 'text or a number',
  'string|array<string>': 'text or an array of texts',
}
