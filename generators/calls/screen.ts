import { fragmentOf } from '../utf8.ts'
import type { Call, Members } from './call.ts'

/** A screen call; `members` write what its properties say beyond the name. */
export function screen(name: string, members?: Members): Call {
  const named = `"name":${JSON.stringify(name)}`
  const opening = fragmentOf(`},${named},"properties":{${named}`)
  return {
    type: 'screen',
    write(writer, visit, step) {
      writer.put(opening)
      if (members !== undefined) writer.put(COMMA)
      members?.(writer, visit, step)
      writer.put(CLOSING)
    },
  }
}

const COMMA = fragmentOf(',')
const CLOSING = fragmentOf('}')
