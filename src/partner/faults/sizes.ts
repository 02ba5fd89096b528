import { type Answer, problem, RESET } from '../answer.ts'
import { MalformedEvent } from '../incoming-event.ts'
import { kilobytes } from './argument.ts'
import type { FaultDefinition } from './fault.ts'

/** Receivers that large events are too much for. Segment lets 32 KB through: to refuse what is beyond it is sound, to break by it is not. */
export const SIZES: readonly FaultDefinition[] = [
  {
    name: 'rejects-large',
    meaning: 'answers 413 to events of more than so many KB: rejects-large(16KB)',
    caughtBy: 'accepts-valid',
    argument: '16KB',
    drawn: 'message',
    make: (argument) => beyond(argument, problem(413, 'the event is too large')),
  },
  {
    name: '500-on-oversized',
    meaning: 'answers 500 to events of more than so many KB: 500-on-oversized(32KB)',
    caughtBy: 'rejects-invalid',
    argument: '32KB',
    drawn: 'try',
    make: (argument) => beyond(argument, problem(500, 'something went wrong')),
  },
  {
    name: 'hangs-up-on-oversized',
    meaning: 'resets the connection on events of more than so many KB: hangs-up-on-oversized(32KB)',
    caughtBy: 'rejects-invalid',
    argument: '32KB',
    drawn: 'try',
    make: (argument) => beyond(argument, RESET),
  },
]

function beyond(argument: string, answer: Answer): ReturnType<FaultDefinition['make']> {
  const bytesMax = kilobytes(argument)
  return () => ({
    before: ({ event }) => (!(event instanceof MalformedEvent) && event.bytes.length > bytesMax ? answer : undefined),
  })
}
