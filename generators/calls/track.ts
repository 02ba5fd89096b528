import { fragmentOf } from '../utf8.ts'
import type { Call, Members } from './call.ts'

/** A track call; `members` write its properties. */
export function track(event: string, members: Members = () => {}): Call {
  const opening = fragmentOf(`},"event":${JSON.stringify(event)},"properties":{`)
  return {
    type: 'track',
    write(writer, visit, step) {
      writer.put(opening)
      members(writer, visit, step)
      writer.put(CLOSING)
    },
  }
}

/** The same, made on behalf of the visitor's company: `context.groupId` names it. */
export function trackInGroup(event: string, members: Members): Call {
  const inner = track(event, members)
  return {
    type: 'track',
    write(writer, visit, step) {
      writer.put(GROUP_ID)
      visit.visitor.writeGroupId(writer)
      writer.put(QUOTE)
      inner.write(writer, visit, step)
    },
  }
}

const CLOSING = fragmentOf('}')
const GROUP_ID = fragmentOf(',"groupId":"')
const QUOTE = fragmentOf('"')
