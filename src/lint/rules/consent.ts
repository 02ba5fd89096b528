import { isObject, isSet, objectOr, shown, step } from '../json.ts'
import { ERROR, type EventRule, type Say } from '../rule.ts'
import type { LintedEvent } from '../subject.ts'

const EVENT = 'Segment Consent Preference Updated'
const PREFERENCES = '/context/consent/categoryPreferences'

/** What Segment asks of the one event that says what a person agrees to. */
export const CONSENT_RULES: readonly EventRule[] = [
  {
    id: 'consent_categorypreferences_should_exist',
    severity: ERROR,
    says: `the event "${EVENT}" says nothing about consent`,
    mend: 'send context.consent.categoryPreferences with it',
    check: ofConsent((preferences, say) => {
      if (!isSet(preferences)) say(PREFERENCES)
    }),
  },
  {
    id: 'consent_categorypreferences_fields_should_be_object',
    severity: ERROR,
    says: 'the consent preferences are no object',
    mend: 'send an object of category ids, each true or false',
    check: ofConsent((preferences, say) => {
      if (isSet(preferences) && !isObject(preferences)) say(PREFERENCES, shown(preferences))
    }),
  },
  {
    id: 'consent_categorypreferences_fields_should_be_bool',
    severity: ERROR,
    says: 'a consent preference is neither true nor false',
    mend: 'send true or false for each category',
    check: ofConsent((preferences, say) => {
      for (const [id, agreed] of Object.entries(objectOr(preferences))) {
        if (typeof agreed !== 'boolean') say(PREFERENCES + step(id), shown(agreed))
      }
    }),
  },
  {
    id: 'consent_version_should_be_number',
    severity: ERROR,
    says: 'the version of the consent is no number',
    mend: 'send the version as a number, or leave it out',
    check: ofConsent((_preferences, say, { context }) => {
      const { version } = objectOr(context.consent)
      if (isSet(version) && typeof version !== 'number') say('/context/consent/version', shown(version))
    }),
  },
  {
    id: 'device_advertisingid_should_be_string',
    severity: ERROR,
    says: 'the advertising id of the device is no text',
    mend: 'send the id as text, or leave it out',
    check: ({ context }, say) => {
      const { advertisingId } = objectOr(context.device)
      if (isSet(advertisingId) && typeof advertisingId !== 'string')
        say('/context/device/advertisingId', shown(advertisingId))
    },
  },
]

function ofConsent(check: (preferences: unknown, say: Say, event: LintedEvent) => void): EventRule['check'] {
  return (event, say) => {
    if (event.fields.event === EVENT) check(objectOr(event.context.consent).categoryPreferences, say, event)
  }
}
