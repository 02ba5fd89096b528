import { isObject } from '../event-form.ts'
import { STREAM_CALLS } from './api-path.ts'
import { type ConsentCode, consentCode } from './consent-code.ts'
import type { Fields } from './posted.ts'

/**
 * Why an event is not stored although its request is answered with 200. With underscores: Segment's own codes, as it shows them beside what failed on ingest;
 * with hyphens, and `duplicate`: what it does without a code that anybody published.
 */
export type IngestCode =
  | 'unknown_source'
  | 'wrong-region'
  | 'batch-too-many'
  | 'empty_batch'
  | 'event-too-large'
  | 'duplicate'
  | 'bad_request'
  | 'missing_type'
  | 'invalid_type'
  | 'no_user_anon_id'
  | 'id_not_string'
  | 'event_not_defined'
  | 'event_not_string'
  | 'properties_not_object'
  | 'traits_not_object'
  | 'name_not_string'
  | 'category_not_string'
  | ConsentCode

/** What keeps an event out by itself, whoever sent it; undefined: nothing. @param type what it calls itself, or its path does */
export function ingestCodeOf(event: Fields, type: unknown): IngestCode | undefined {
  if (!isSet(type) || type === '') return 'missing_type'
  if (typeof type !== 'string' || !STREAM_CALLS.includes(type)) return 'invalid_type'
  return (
    idCode(event.userId, event.anonymousId) ??
    nameCode(event, type) ??
    contentCode(event) ??
    (isObject(event.context) ? consentCode(event.event, event.context) : undefined)
  )
}

function idCode(userId: unknown, anonymousId: unknown): IngestCode | undefined {
  if (!isSet(userId) && !isSet(anonymousId)) return 'no_user_anon_id'
  return isTextOrUnset(userId) && isTextOrUnset(anonymousId) ? undefined : 'id_not_string'
}

function nameCode({ event, name, category }: Fields, type: string): IngestCode | undefined {
  if (type === 'track') {
    if (!isSet(event) || event === '') return 'event_not_defined'
    return typeof event === 'string' ? undefined : 'event_not_string'
  }
  if (type !== 'page' && type !== 'screen') return undefined
  if (!isTextOrUnset(name)) return 'name_not_string'
  return isTextOrUnset(category) ? undefined : 'category_not_string'
}

function contentCode({ properties, traits }: Fields): IngestCode | undefined {
  if (isSet(properties) && !isObject(properties)) return 'properties_not_object'
  return isSet(traits) && !isObject(traits) ? 'traits_not_object' : undefined
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null
}

function isTextOrUnset(value: unknown): boolean {
  return !isSet(value) || (typeof value === 'string' && value !== '')
}
