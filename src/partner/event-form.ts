/** The calls that a receiver knows. */
export const CALLS: readonly string[] = ['identify', 'track', 'page', 'screen', 'group', 'alias', 'delete']

/** What makes a JSON object no event that could be meant; undefined: nothing. Whatever else is unusual is taken as it comes. */
export function complaintAbout(json: Readonly<Record<string, unknown>>): string | undefined {
  const { messageId, type, userId, anonymousId, event, groupId } = json
  if (!isFilled(messageId)) return 'messageId is missing'
  if (!isFilled(type)) return 'type is missing'
  if (!CALLS.includes(type)) return 'type is none of the Spec’s calls'
  for (const name of ['userId', 'anonymousId']) {
    if (isSet(json[name]) && !isFilled(json[name])) return `${name} is empty, or no text`
  }
  if (!isSet(userId) && !isSet(anonymousId)) return 'there is neither userId nor anonymousId'
  if (type === 'track' && !isFilled(event)) return 'event is missing, or no text'
  if (type === 'group' && !isFilled(groupId)) return 'groupId is missing, or no text'
  for (const name of ['properties', 'traits']) {
    if (isSet(json[name]) && !isObject(json[name])) return `${name} is no object`
  }
  return undefined
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
