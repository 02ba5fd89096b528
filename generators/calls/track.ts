import type { Call, Members } from './call.ts'
import { all, text } from './properties.ts'
import { writeOf } from './write-of.ts'

/** A track call and what its properties say. */
export function track(event: string, ...properties: readonly Members[]): Call {
  return trackIn([], event, ...properties)
}

/** The same, with more in `context` than the client puts there. */
export function trackIn(context: readonly Members[], event: string, ...properties: readonly Members[]): Call {
  const around = context.flatMap((members) => [',', ...members])
  const opening = `},"event":${JSON.stringify(event)},"properties":{`
  return { type: 'track', write: writeOf([...around, opening, ...all(...properties), '}']) }
}

/** A track call made on behalf of the visitor's company: `context.groupId` names it. */
export function trackInGroup(event: string, ...properties: readonly Members[]): Call {
  return trackIn([GROUP], event, ...properties)
}

const GROUP: Members = text('groupId', (writer, visit) => visit.visitor.writeGroupId(writer))
