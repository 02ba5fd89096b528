import type { CallType } from '../../src/model/message.ts'
import type { ByteWriter } from '../byte-writer.ts'
import type { Step } from '../journeys/journey.ts'
import type { Visit } from '../visit/visit.ts'

/** One call of the Spec as a journey makes it. */
export interface Call {
  readonly type: CallType
  /** Writes the brace that closes `context`, then the members that only this call has. */
  readonly write: Write
}

/** Members of an object as pieces of JSON, one after the other, the first without a comma before it. */
export type Members = readonly Piece[]

/** A text that is the same in every event, or what writes the piece for the visit at hand. */
export type Piece = string | Write

export type Write = (writer: ByteWriter, visit: Visit, step: Step) => void
