import { type Answer, problem } from '../answer.ts'
import { ratio, whole } from './argument.ts'
import type { FaultDefinition, Hooks } from './fault.ts'
import { LastSecond } from './last-second.ts'

/** What receivers do when more comes than they can take, and how they get over it. */
export const OVERLOAD: readonly FaultDefinition[] = [
  {
    name: '400-on-overload',
    meaning: 'takes so many requests within a second and answers 400 to the rest: 400-on-overload(500)',
    caughtBy: 'retry-discipline',
    argument: '500',
    drawn: 'try',
    make: (argument) => shedding(argument, problem(400, 'too busy')),
  },
  {
    name: '429-on-overload',
    meaning: 'takes so many requests within a second and answers 429 to the rest, as it should: 429-on-overload(500)',
    caughtBy: '',
    argument: '500',
    drawn: 'try',
    make: (argument) => shedding(argument, problem(429, 'too busy', ['retry-after', '1'])),
  },
  {
    name: 'never-recovers',
    meaning: 'answers 503 for good once more than so many requests came within a second: never-recovers(500)',
    caughtBy: 'recovers',
    argument: '500',
    drawn: 'try',
    make: (argument) => {
      const perSecond = whole(argument, 1, 1_000_000)
      return () => broken(new LastSecond(perSecond))
    },
  },
  {
    name: 'errors',
    meaning: 'answers 500 to a share of the tries and stores nothing of them: errors(2%)',
    caughtBy: 'server-errors',
    argument: '2%',
    drawn: 'try',
    make: (argument) => {
      const share = ratio(argument)
      return ({ salt }) => ({ before: (visit) => (visit.drawOfTry(salt + 1) < share ? FAILED : undefined) })
    },
  },
]

const FAILED = problem(500, 'something went wrong')
const DOWN = problem(503, 'it fell over and stays down')

/** Takes so many requests within a second, and gives all others this answer. */
export function shedding(argument: string, answer: Answer): () => Hooks {
  const perSecond = whole(argument, 1, 1_000_000)
  return () => {
    const taken = new LastSecond(perSecond)
    return { before: (visit) => (taken.takes(visit) ? undefined : answer) }
  }
}

function broken(taken: LastSecond): Hooks {
  let down = false
  return {
    before: (visit) => {
      down ||= !taken.takes(visit)
      return down ? DOWN : undefined
    },
  }
}
