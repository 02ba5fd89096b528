import { nearest } from '../../model/nearest.ts'
import { isFilled, isObject, isSet, shown } from '../json.ts'
import { ERROR, type EventRule, type Say, WARNING } from '../rule.ts'
import type { LintedEvent } from '../subject.ts'

const CALLS: readonly string[] = ['identify', 'track', 'page', 'screen', 'group', 'alias']
const ID_MAX_CHARS = 100

/** What makes an event one of the Spec's calls; most of it is what Segment fails at ingest. */
export const CALL_RULES: readonly EventRule[] = [
  {
    id: 'missing_type',
    severity: ERROR,
    says: 'the event has no type',
    mend: `give each event a type: ${CALLS.join(', ')}`,
    check: ({ type, fields }, say) => {
      if (type === '' && !isSet(fields.type)) say('/type')
    },
  },
  {
    id: 'invalid_type',
    severity: ERROR,
    says: 'the type is none of the Spec’s calls',
    mend: `use one of ${CALLS.join(', ')}, in lower case`,
    check: ({ type, fields }, say) => {
      if (type === '' ? isSet(fields.type) : !CALLS.includes(type) && type !== 'delete')
        say('/type', meant(fields.type))
    },
  },
  {
    id: 'no_user_anon_id',
    severity: ERROR,
    says: 'nothing says whose event it is (Segment also calls this id_required)',
    mend: 'give each call a userId, an anonymousId, or both; a delete needs the userId',
    check: ({ type, fields }, say) => {
      const anonymous = type !== 'delete' && isSet(fields.anonymousId)
      if (!anonymous && !isSet(fields.userId)) say('/userId')
    },
  },
  {
    id: 'id_not_string',
    severity: ERROR,
    says: 'a userId or anonymousId is empty, or no text',
    mend: 'send ids as text, and leave out the one that you do not have',
    check: ({ fields }, say) => {
      for (const name of ['userId', 'anonymousId'])
        if (!isTextOrUnset(fields[name])) say(`/${name}`, shown(fields[name]))
    },
  },
  {
    id: 'event_not_defined',
    severity: ERROR,
    says: 'the track call has no event name',
    mend: 'say in event what happened, such as "Order Completed"',
    check: ({ type, fields }, say) => {
      if (type === 'track' && (!isSet(fields.event) || fields.event === '')) say('/event')
    },
  },
  {
    id: 'event_not_string',
    severity: ERROR,
    says: 'the event name is no text',
    mend: 'send the event name as text',
    check: ({ type, fields }, say) => {
      if (type === 'track' && isSet(fields.event) && typeof fields.event !== 'string')
        say('/event', shown(fields.event))
    },
  },
  {
    id: 'properties_not_object',
    severity: ERROR,
    says: 'properties is no object',
    mend: 'send properties as an object, or leave it out',
    check: ({ fields }, say) => checkObject(fields.properties, '/properties', say),
  },
  {
    id: 'traits_not_object',
    severity: ERROR,
    says: 'traits is no object',
    mend: 'send traits as an object, or leave it out',
    check: ({ fields }, say) => checkObject(fields.traits, '/traits', say),
  },
  {
    id: 'name_not_string',
    severity: ERROR,
    says: 'the name of the page or screen is empty, or no text',
    mend: 'name the page or screen, or leave name out',
    check: (event, say) => checkLabel(event, 'name', say),
  },
  {
    id: 'category_not_string',
    severity: ERROR,
    says: 'the category of the page or screen is empty, or no text',
    mend: 'name the category, or leave it out',
    check: (event, say) => checkLabel(event, 'category', say),
  },
  {
    id: 'group-id-missing',
    severity: ERROR,
    says: 'the group call does not say which group',
    mend: 'send the groupId, as text that is not empty',
    check: ({ type, fields }, say) => {
      if (type === 'group' && !isFilled(fields.groupId)) say('/groupId', shown(fields.groupId))
    },
  },
  {
    id: 'previous-id-missing',
    severity: WARNING,
    says: 'the alias call does not say which id the user had before',
    mend: 'send the previousId, as text that is not empty',
    check: ({ type, fields }, say) => {
      if (type === 'alias' && !isFilled(fields.previousId)) say('/previousId', shown(fields.previousId))
    },
  },
  {
    id: 'message-id-missing',
    severity: WARNING,
    says: 'the event has no messageId: sent again it is a new event, to Segment and to whom it delivers to',
    mend: 'draw a messageId once for each event (a UUID will do), and keep it when you send the event again',
    check: ({ type, fields }, say) => {
      if (type !== 'delete' && !isSet(fields.messageId)) say('/messageId')
    },
  },
  {
    id: 'message-id-invalid',
    severity: ERROR,
    says: `the messageId is empty, no text, or longer than ${ID_MAX_CHARS} characters`,
    mend: `send it as text of 1 to ${ID_MAX_CHARS} characters`,
    check: ({ fields: { messageId } }, say) => {
      if (!isTextOrUnset(messageId) || (isFilled(messageId) && messageId.length > ID_MAX_CHARS)) {
        say('/messageId', shown(messageId))
      }
    },
  },
]

function meant(type: unknown): string {
  const near = typeof type === 'string' && type.length < ID_MAX_CHARS ? nearest(type, CALLS) : undefined
  return near === undefined ? shown(type) : `${shown(type)}: perhaps ${near}`
}

function isTextOrUnset(value: unknown): boolean {
  return !isSet(value) || isFilled(value)
}

function checkObject(value: unknown, pointer: string, say: Say): void {
  if (isSet(value) && !isObject(value)) say(pointer, shown(value))
}

function checkLabel({ type, fields }: LintedEvent, name: 'name' | 'category', say: Say): void {
  if ((type === 'page' || type === 'screen') && !isTextOrUnset(fields[name])) say(`/${name}`, shown(fields[name]))
}
