import { type Answer, HANG, MALFORMED, problem, RESET } from '../answer.ts'
import { waitMs, whole } from './argument.ts'
import type { FaultDefinition, Hooks } from './fault.ts'
import { FaultError } from './fault-error.ts'

/** What goes wrong with any endpoint now and then. */
export const TROUBLE: readonly FaultDefinition[] = [
  {
    name: 'status',
    meaning: 'answers with this status and stores nothing: status:503 or status:429,retry-after=2',
    caughtBy: '',
    argument: '503',
    drawn: 'try',
    make: (argument) => {
      const answer = statusAnswer(argument)
      return () => ({ before: () => answer })
    },
  },
  {
    name: 'delay',
    meaning: 'holds its answers back: delay:100ms, or delay:exp(50ms) for exponential delays of that mean',
    caughtBy: '',
    argument: '100ms',
    drawn: 'try',
    make: (argument) => {
      const exponential = /^exp\((.*)\)$/.exec(argument)
      const meanMs = waitMs(exponential?.[1] ?? argument)
      return ({ salt }) => ({
        answer: (answer, visit) =>
          held(answer, exponential ? -Math.log(1 - visit.drawOfTry(salt + 1)) * meanMs : meanMs),
      })
    },
  },
  {
    name: 'hang',
    meaning: 'takes the request, stores nothing and never answers',
    caughtBy: '',
    drawn: 'try',
    make: () => () => ({ before: () => HANG }),
  },
  {
    name: 'reset',
    meaning: 'resets the connection and stores nothing',
    caughtBy: '',
    drawn: 'try',
    make: () => () => ({ before: () => RESET }),
  },
  {
    name: 'reset-after-store',
    meaning: 'stores the event, then resets the connection instead of answering',
    caughtBy: '',
    drawn: 'try',
    make: () => resetsAfterStoring,
  },
  {
    name: 'slow-body',
    meaning: 'sends the head of its answer at once, and then the body for so long: slow-body(10s)',
    caughtBy: '',
    argument: '10s',
    drawn: 'try',
    make: (argument) => {
      const bodyMs = waitMs(argument)
      return () => ({ answer: (answer) => dribbled(answer, bodyMs) })
    },
  },
  {
    name: 'malformed',
    meaning: 'stores nothing and answers something that is not HTTP',
    caughtBy: '',
    drawn: 'try',
    make: () => () => ({ before: () => MALFORMED }),
  },
]

/** The same answer, so much later. */
export function held(answer: Answer, delayMs: number): Answer {
  return { ...answer, delayMs: answer.delayMs + delayMs }
}

/** Whoever has nothing to say finds something; a 204 must not. */
function dribbled(answer: Answer, bodyMs: number): Answer {
  const { status, body, bodyMs: beforeMs = 0 } = answer
  return status === 204 ? answer : { ...answer, body: body || 'taken in good order', bodyMs: beforeMs + bodyMs }
}

function resetsAfterStoring(): Hooks {
  return { answer: (answer, _, handling) => (handling === 'refused' ? answer : RESET) }
}

function statusAnswer(argument: string): Answer {
  const [status = '', ...options] = argument.split(',')
  const headers = options.flatMap((option) => {
    const match = /^retry-after=(\d+)$/.exec(option)
    if (match === null) throw new FaultError(`"${option}" is not an option of status: write retry-after=2`)
    return ['retry-after', match[1]!]
  })
  return problem(whole(status, 200, 599), 'a fault on purpose', headers)
}
