import type { ByteWriter } from '../byte-writer.ts'
import type { Step } from '../journeys/journey.ts'
import type { MessageIdForm } from '../message-id.ts'
import type { Visit } from '../visit/visit.ts'

/** The library on the visitor's side: what it adds to each event, and no more than it collects. */
export interface Client {
  /** The Segment source that it writes to. */
  readonly source: Source
  readonly messageIds: MessageIdForm
  /** Between a call and its sending there are less than so many milliseconds, while the device is online. */
  readonly flushMaxMs: number
  /** How a visitor without a user id is said to have none. */
  readonly unknownUser: 'null' | 'absent'
  /** Whether it keeps sessions. */
  readonly sessions: boolean
  /** Whether UUIDs are in upper case. */
  readonly upperCase: boolean
  readonly isMobile: boolean
  /** Whether it runs on a server: its clock is right, and it has no anonymousId. */
  readonly isBackEnd: boolean
  /** Whether it collects nothing at all, so that what `writeOpening` writes ends with the brace that opens `context`. */
  readonly hasEmptyContext: boolean
  /** How each event of the visit begins, up to where `context` changes from step to step. */
  writeOpening(writer: ByteWriter, visit: Visit): void
  /** What the library adds to `context` once the user is known. */
  writeKnown(writer: ByteWriter, visit: Visit): void
  /** What it adds to `context` of the step at hand. */
  writeStep(writer: ByteWriter, visit: Visit, step: Step): void
}

export type Source = 'web' | 'ios' | 'android' | 'server'
