import { problem, RESET } from '../answer.ts'
import { MalformedEvent } from '../incoming-event.ts'
import type { Visit } from '../visit.ts'
import { durationMs, waitMs, whole } from './argument.ts'
import type { FaultDefinition, Hooks } from './fault.ts'
import { isReplay } from './is-replay.ts'
import { shedding } from './overload.ts'
import { held } from './trouble.ts'

/** Who is slower, or later, than it says or than it was; and who only says what it can take. */
export const PACES: readonly FaultDefinition[] = [
  {
    name: 'low-declared-limit',
    meaning: 'takes few requests within a second, as it says, and answers 429 to the rest: low-declared-limit(50)',
    caughtBy: '',
    argument: '50',
    drawn: 'try',
    make: (argument) => shedding(argument, NOT_YET),
  },
  {
    name: 'lies-about-retry-after',
    meaning:
      'answers 429 to each message with Retry-After: 1, and goes on doing so for longer: lies-about-retry-after(5s)',
    caughtBy: 'rate-limits',
    argument: '5s',
    drawn: 'message',
    make: (argument) => {
      const lastsMs = durationMs(argument)
      return () => ({
        before: ({ request, firstAtMs }) => (request.receivedAtMs - firstAtMs < lastsMs ? NOT_YET : undefined),
      })
    },
  },
  {
    name: 'slower-than-declared',
    meaning: 'takes one request after the other, so many a second, whatever was declared: slower-than-declared(20)',
    caughtBy: 'rate-limits',
    argument: '20',
    drawn: 'try',
    make: (argument) => queueing(argument, 1),
  },
  {
    name: 'creeps',
    meaning: 'answers so much later with every second that it runs: creeps(20ms)',
    caughtBy: 'steady',
    argument: '20ms',
    drawn: 'try',
    make: (argument) => {
      const perSecondMs = durationMs(argument)
      return () => ({ answer: (answer, { atMs }) => held(answer, (perSecondMs * atMs) / 1000) })
    },
  },
  {
    name: 'starves-live',
    meaning: 'answers live events so much later as long as replayed ones come: starves-live(2s)',
    caughtBy: 'live-under-replay',
    argument: '2s',
    drawn: 'try',
    make: (argument) => {
      const delayMs = waitMs(argument)
      return () => starving(delayMs)
    },
  },
  {
    name: 'chokes-on-burst',
    meaning:
      'takes one request after the other, so many a second, and a fifth of it while some wait: chokes-on-burst(200)',
    caughtBy: 'replay-burst',
    argument: '200',
    drawn: 'try',
    make: (argument) => queueing(argument, 5),
  },
  {
    name: 'lags',
    meaning: 'shows a record in receipts and state only so long after it came, which is too late: lags(60s)',
    caughtBy: 'visible-in-time',
    argument: '60s',
    drawn: 'never',
    make: (argument) => {
      const lagMs = durationMs(argument)
      return () => ({ visible: (record, nowMs) => nowMs - record.receivedAtMs >= lagMs })
    },
  },
  {
    name: 'deploys',
    meaning: 'drops every connection for a moment, once within each such time, and takes the retry: deploys(5s)',
    caughtBy: '',
    argument: '5s',
    drawn: 'try',
    make: (argument) => {
      const everyMs = durationMs(argument)
      return () => ({ before: ({ atMs }) => (isBetween(atMs, everyMs) ? RESET : undefined) })
    },
  },
]

const NOT_YET = problem(429, 'not yet', ['retry-after', '1'])

/** How long nobody listens while a new version takes over. */
const HANDOVER_MS = 200

/** In the middle of each stretch, so that a short run sees one too. */
function isBetween(atMs: number, everyMs: number): boolean {
  const sinceMs = (atMs % everyMs) - everyMs / 2
  return sinceMs >= 0 && sinceMs < HANDOVER_MS
}

/** One server, and whoever comes while it works waits for its turn; with so many times the work while somebody waits. */
function queueing(argument: string, times: number): () => Hooks {
  const workMs = 1000 / whole(argument, 1, 1_000_000)
  return () => {
    let freeAtMs = 0
    return {
      answer: (answer, { atMs }) => {
        const waitMs = Math.max(0, freeAtMs - atMs)
        freeAtMs = atMs + waitMs + (waitMs > PATIENCE_MS ? workMs * times : workMs)
        return held(answer, waitMs)
      },
    }
  }
}

/** A queue of this length is not yet one. */
const PATIENCE_MS = 100

/** For so long after the last replayed event live ones still wait. */
const REPLAY_REACH_MS = 1000

function starving(delayMs: number): Hooks {
  let replayedAtMs = Number.NEGATIVE_INFINITY
  const replays = ({ event }: Visit): boolean => !(event instanceof MalformedEvent) && isReplay(event)
  return {
    answer: (answer, visit) => {
      if (replays(visit)) {
        replayedAtMs = visit.atMs
        return answer
      }
      return visit.atMs - replayedAtMs < REPLAY_REACH_MS ? held(answer, delayMs) : answer
    },
  }
}
