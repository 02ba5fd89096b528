import { fragmentOf } from '../utf8.ts'
import type { Call, Members } from './call.ts'
import { all, text } from './properties.ts'

/** A track call and what its properties say. */
export function track(event: string, ...properties: readonly Members[]): Call {
  return trackIn([], event, ...properties)
}

/** The same, with more in `context` than the client puts there. */
export function trackIn(context: readonly Members[], event: string, ...properties: readonly Members[]): Call {
  const opening = fragmentOf(`},"event":${JSON.stringify(event)},"properties":{`)
  const around = context.length > 0 ? all(() => {}, ...context) : undefined
  const inner = properties.length > 0 ? all(...properties) : undefined
  return {
    type: 'track',
    write(writer, visit, step) {
      around?.(writer, visit, step)
      writer.put(opening)
      inner?.(writer, visit, step)
      writer.put(CLOSING)
    },
  }
}

/** A track call made on behalf of the visitor's company: `context.groupId` names it. */
export function trackInGroup(event: string, ...properties: readonly Members[]): Call {
  return trackIn([GROUP], event, ...properties)
}

const CLOSING = fragmentOf('}')
const GROUP: Members = text('groupId', (writer, visit) => visit.visitor.writeGroupId(writer))
