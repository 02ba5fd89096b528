import { type Answer, problem, RESET } from '../answer.ts'
import { durationMs, waitMs } from './argument.ts'
import type { FaultDefinition, Hooks } from './fault.ts'
import { held } from './trouble.ts'

/** Receivers that do nothing wrong, and that careless checks would blame. */
export const UNUSUAL: readonly FaultDefinition[] = [
  {
    name: 'answers-204',
    meaning: 'answers 204 without a body where others answer 200',
    caughtBy: '',
    drawn: 'try',
    make: () => () => ({
      answer: (answer) =>
        answer.status === 200 ? { ...answer, status: 204, headers: [], body: '', bodyMs: 0 } : answer,
    }),
  },
  {
    name: '503-first-try',
    meaning: 'answers 503 to the first try of each message and takes the next',
    caughtBy: '',
    drawn: 'message',
    make: () => firstTry(problem(503, 'not yet')),
  },
  {
    name: '429-then-accepts',
    meaning: 'answers 429 with Retry-After to the first try of each message and takes the next',
    caughtBy: '',
    drawn: 'message',
    make: () => firstTry(problem(429, 'not yet', ['retry-after', '1'])),
  },
  {
    name: 'lost-answer-stored',
    meaning: 'stores each message at its first try, resets the connection then, and takes the retry as known',
    caughtBy: '',
    drawn: 'message',
    make: () => () => ({
      answer: (answer, visit, handling) => (visit.seen === 0 && handling !== 'refused' ? RESET : answer),
    }),
  },
  {
    name: 'lost-answer-not-stored',
    meaning: 'resets the connection at the first try of each message without storing it, and takes the next',
    caughtBy: '',
    drawn: 'message',
    make: () => firstTry(RESET),
  },
  {
    name: 'slow',
    meaning: 'answers everything so much later: slow(4.5s)',
    caughtBy: '',
    argument: '4.5s',
    drawn: 'try',
    make: (argument) => {
      const delayMs = waitMs(argument)
      return () => ({ answer: (answer) => held(answer, delayMs) })
    },
  },
  {
    name: 'closes-always',
    meaning: 'closes the connection after each answer',
    caughtBy: '',
    drawn: 'try',
    make: () => () => ({
      answer: (answer) => ({ ...answer, headers: [...answer.headers, 'connection', 'close'] }),
    }),
  },
  {
    name: 'http-1.0',
    meaning: 'answers in HTTP/1.0, without a length, and closes the connection',
    caughtBy: '',
    drawn: 'try',
    make: () => () => ({ answer: (answer) => ({ ...answer, version: '1.0' }) }),
  },
  {
    name: 'early-hints',
    meaning: 'says 103 Early Hints before each answer',
    caughtBy: '',
    drawn: 'try',
    make: () => () => ({ answer: (answer) => ({ ...answer, hinted: true }) }),
  },
  {
    name: 'odd-reasons',
    meaning: 'says after the status whatever it likes, such as 200 Fine by me, or nothing at all',
    caughtBy: '',
    drawn: 'try',
    make:
      () =>
      ({ salt }) => ({
        answer: (answer, visit) => ({
          ...answer,
          reason: REASONS[Math.floor(visit.drawOfTry(salt + 1) * REASONS.length)]!,
        }),
      }),
  },
  {
    name: 'visible-late',
    meaning: 'shows a record in receipts and state only so long after it came: visible-late(10s)',
    caughtBy: '',
    argument: '10s',
    drawn: 'never',
    make: (argument) => {
      const lagMs = durationMs(argument)
      return () => ({ visible: (record, nowMs) => nowMs - record.receivedAtMs >= lagMs })
    },
  },
]

/** A reason is for people: it may be missing, in another language, or say the contrary. */
const REASONS = ['', 'Fine by me', 'Très bien', 'Internal Server Error']

function firstTry(answer: Answer): () => Hooks {
  return () => ({ before: ({ seen }) => (seen === 0 ? answer : undefined) })
}
