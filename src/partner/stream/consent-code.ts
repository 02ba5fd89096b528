import { isObject } from '../event-form.ts'
import type { Fields } from './posted.ts'

/** Segment's codes for what consent and device may be wrong about. */
export type ConsentCode =
  | 'consent_categorypreferences_should_exist'
  | 'consent_categorypreferences_fields_should_be_object'
  | 'consent_categorypreferences_fields_should_be_bool'
  | 'consent_version_should_be_number'
  | 'device_advertisingid_should_be_string'

/** The one event whose consent is looked at. */
const CONSENT_EVENT = 'Segment Consent Preference Updated'

/** What Segment finds wrong with consent and device of an event's context. */
export function consentCode(event: unknown, { consent, device }: Fields): ConsentCode | undefined {
  if (event === CONSENT_EVENT) {
    const code = preferencesCode(isObject(consent) ? consent : {})
    if (code !== undefined) return code
  }
  const advertisingId = isObject(device) ? (device.advertisingId ?? '') : ''
  return typeof advertisingId === 'string' ? undefined : 'device_advertisingid_should_be_string'
}

function preferencesCode({ categoryPreferences, version }: Fields): ConsentCode | undefined {
  if (categoryPreferences === undefined || categoryPreferences === null)
    return 'consent_categorypreferences_should_exist'
  if (!isObject(categoryPreferences)) return 'consent_categorypreferences_fields_should_be_object'
  if (!Object.values(categoryPreferences).every((agreed) => typeof agreed === 'boolean'))
    return 'consent_categorypreferences_fields_should_be_bool'
  return typeof (version ?? 0) === 'number' ? undefined : 'consent_version_should_be_number'
}
