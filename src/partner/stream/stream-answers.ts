import { type Answer, OK, problem } from '../answer.ts'

/** What the API says to whatever it can read, right or wrong. */
export const SUCCESS: Answer = {
  ...OK,
  headers: ['content-type', 'application/json'],
  body: JSON.stringify({ success: true }),
}

export const NO_SUCH_PATH: Answer = problem(
  404,
  'events are taken at /v1/track, identify, page, screen, group, alias and batch, or /v1/t, i, p, s, g, a and b',
)

export const NOT_POSTED: Answer = problem(405, 'events come by POST', ['allow', 'POST'])

export const NO_WRITE_KEY: Answer = problem(
  400,
  'there is no write key: send it by Basic authorization, as the name of the user, or as writeKey in the body',
)

/** @param earlyMs how much later there would have been room for the request */
export function tooManyRequests(earlyMs: number): Answer {
  const seconds = String(Math.ceil(earlyMs / 1000))
  return problem(429, 'too many requests', ['retry-after', seconds, 'x-ratelimit-reset', seconds])
}
