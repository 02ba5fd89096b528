import type { ByteWriter } from '../byte-writer.ts'
import type { Step } from '../journeys/journey.ts'
import type { Visit } from '../visit/visit.ts'

/** The library on the visitor's side: what it adds to each event, and no more than it collects. */
export interface Client {
  readonly kind: ClientKind
  /** Between a call and its sending there are less than so many milliseconds. */
  readonly flushMaxMs: number
  /** How a visitor without a user id is said to have none. */
  readonly unknownUser: 'null' | 'absent'
  /** Whether it keeps sessions. */
  readonly sessions: boolean
  /** Whether UUIDs are in upper case. */
  readonly upperCase: boolean
  /** How each event of the visit begins, up to where `context` changes from step to step. */
  writeOpening(writer: ByteWriter, visit: Visit): void
  /** What the library adds to `context` once the user is known. */
  writeKnown(writer: ByteWriter, visit: Visit): void
  /** What it adds to `context` of the step at hand. */
  writeStep(writer: ByteWriter, visit: Visit, step: Step): void
}

export type ClientKind = 'web' | 'ios' | 'android' | 'server'
