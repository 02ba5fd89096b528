import { problem } from '../answer.ts'
import { arrayElements } from '../array-elements.ts'
import { asciiJson } from '../ascii-json.ts'
import { MalformedEvent } from '../incoming-event.ts'
import type { FaultDefinition, Hooks } from './fault.ts'

/** Receivers that let in what they should refuse, or refuse it in the wrong way. */
export const DOORS: readonly FaultDefinition[] = [
  {
    name: 'no-auth',
    meaning: 'looks at no key: whoever sends is a customer',
    caughtBy: 'authenticates',
    drawn: 'never',
    make: () => () => ({ admits: () => true }),
  },
  {
    name: 'caches-key',
    meaning: 'goes on accepting a key that was good once',
    caughtBy: 'authenticates',
    drawn: 'never',
    make: () => rememberingKeys,
  },
  {
    name: 'no-signature',
    meaning: 'looks at no signature',
    caughtBy: 'verifies-signature',
    drawn: 'never',
    make: () => () => ({ trusts: () => true }),
  },
  {
    name: 'signs-whole-batch',
    meaning: 'wants an array signed as a whole, where the sender signs its first event',
    caughtBy: 'verifies-signature',
    drawn: 'never',
    make: () => () => ({ trusts: ({ body, signature, sign }) => sign(body) === signature }),
  },
  {
    name: 'reserialises',
    meaning: 'checks signatures over JSON that it writes anew, with what is outside ASCII escaped',
    caughtBy: 'verifies-signature',
    drawn: 'never',
    make: () => () => ({
      trusts: ({ body, signature, sign }) => sign(asciiJson(arrayElements(body)?.[0] ?? body)) === signature,
    }),
  },
  {
    name: '500-on-malformed',
    meaning: 'answers 500 to what it cannot parse',
    caughtBy: 'rejects-invalid',
    drawn: 'try',
    make: () => () => ({ before: ({ event }) => (event instanceof MalformedEvent ? BROKE : undefined) }),
  },
  {
    name: 'answers-422',
    meaning: 'answers 422 to what is malformed where others answer 400',
    caughtBy: '',
    drawn: 'try',
    make: () => () => ({ answer: (answer) => (answer.status === 400 ? { ...answer, status: 422 } : answer) }),
  },
]

const BROKE = problem(500, 'something went wrong')

function rememberingKeys(): Hooks {
  const known = new Set<string>()
  return {
    admits({ account }, _, admitted) {
      if (admitted) known.add(account)
      return known.has(account)
    },
  }
}
