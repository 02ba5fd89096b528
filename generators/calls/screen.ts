import type { Call, Members } from './call.ts'
import { writeOf } from './write-of.ts'

/** A screen call; `members` are what its properties say beyond the name. */
export function screen(name: string, members: Members = []): Call {
  const named = `"name":${JSON.stringify(name)}`
  const more = members.length > 0 ? [',', ...members] : []
  return { type: 'screen', write: writeOf([`},${named},"properties":{${named}`, ...more, '}']) }
}
