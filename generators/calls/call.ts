import type { CallType } from '../../src/model/message.ts'
import type { ByteWriter } from '../byte-writer.ts'
import type { Step } from '../journeys/journey.ts'
import type { Visit } from '../visit/visit.ts'

/** One call of the Spec as a journey makes it. */
export interface Call {
  readonly type: CallType
  /** Writes the brace that closes `context`, then the members that only this call has. */
  write(writer: ByteWriter, visit: Visit, step: Step): void
}

/** Writes members of an object, the first without a comma before it. */
export type Members = (writer: ByteWriter, visit: Visit, step: Step) => void
