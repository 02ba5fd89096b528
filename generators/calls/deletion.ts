import { fragmentOf } from '../utf8.ts'
import type { Call } from './call.ts'

/** The user is to be forgotten: the call says who, and nothing else. */
export const deletion: Call = { type: 'delete', write: (writer) => writer.put(CLOSING) }

const CLOSING = fragmentOf('}')
