export type JsonObject = Readonly<Record<string, unknown>>

export const NOTHING: JsonObject = {}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function objectOr(value: unknown): JsonObject {
  return isObject(value) ? value : NOTHING
}

/** To a receiver null and absent are one. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null
}

export function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** What kind of thing a value is, and what it says if that is short. */
export function shown(value: unknown): string {
  if (value === undefined) return 'absent'
  if (Array.isArray(value)) return 'an array'
  if (isObject(value)) return 'an object'
  if (typeof value === 'string')
    return JSON.stringify(value.length > SHOWN_MAX ? `${value.slice(0, SHOWN_MAX)}…` : value)
  return String(value)
}

/** A step of a JSON Pointer. */
export function step(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

const SHOWN_MAX = 60
