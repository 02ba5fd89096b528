import { fragmentOf } from '../utf8.ts'
import type { Call } from './call.ts'

/** From now on the visitor, anonymous so far, has a user id. */
export const alias: Call = {
  type: 'alias',
  write(writer, visit) {
    writer.put(PREVIOUS_ID)
    visit.visitor.writeAnonymousId(writer)
    writer.put(QUOTE)
  },
}

const PREVIOUS_ID = fragmentOf('},"previousId":"')
const QUOTE = fragmentOf('"')
