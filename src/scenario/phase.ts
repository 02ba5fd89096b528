import { z } from 'zod'
import { NAMESPACE_STRIDE } from '../model/message.ts'
import type { Expectation, ShownCredentials, ShownSignature } from '../model/plan.ts'
import { delay, delayOr, duration, fields, oneOf, rate, rateOrPause, share, text, whole } from './fields.ts'
import { flawSchema } from './flaws.ts'

/** A stretch of time with its own traffic. Its pace is one of `rate`, `ramp` and `steps`; its end is set by `duration`, `events` or the steps. */
export interface Phase {
  readonly name: string
  /** From the run's start; the end of the phase before unless said. */
  readonly at?: string
  /** Deliveries due per second, copies included. */
  readonly rate?: string
  readonly ramp?: Ramp
  readonly steps?: readonly Step[]
  /** `diurnal`: the rate, that of the busiest hour, rises and falls over a day. A phase that is shorter than a day runs through one. */
  readonly pace?: 'steady' | 'diurnal'
  readonly duration?: string
  /** Distinct messages that the phase is the first to send, all namespaces together. */
  readonly events?: number
  readonly arrivals?: 'even' | 'poisson'
  /** Share of messages that are delivered again after a lag. */
  readonly duplicates?: string | number
  /** Mean of that lag. */
  readonly lag?: string
  /** Share of messages that are delivered twice at the same moment. */
  readonly racing?: string | number
  /** Each delivery is late by up to so much; `full`: by up to the phase's length. With several namespaces the first keeps its order. */
  readonly shuffle?: string
  readonly replay?: Replay
  /** What a sound receiver does with each of the messages; accepted unless said. */
  readonly expects?: Expectation
  readonly credentials?: ShownCredentials
  readonly signature?: ShownSignature
  readonly flaws?: Flaws
  /** Whose traffic it is; all customers' unless said. */
  readonly customers?: readonly string[]
}

/** Deliberate oddities. */
export interface Flaws {
  readonly names: readonly string[]
  /** Of the phase's messages; all unless said. */
  readonly share?: string | number
}

export interface Ramp {
  readonly from: string
  readonly to: string
}

export interface Step {
  readonly rate: string
  readonly duration: string
}

/** The phase replays: its messages come in the replay envelope. */
export interface Replay {
  /** Its own messages happened evenly over so long before the run's start. */
  readonly history?: string
  /** After them come messages that an earlier phase has sent. */
  readonly again?: Again
}

export interface Again {
  readonly phase: string
  /** Which share of that phase's messages, from its beginning on; all unless said. */
  readonly share?: string | number
}

const again = fields({
  phase: text('The earlier phase that sent them first.', /\S/, 'the name of a phase'),
  share: share('Which share of its messages; all unless said.').exactOptional(),
})

const replay = fields({
  history: duration('The messages happened over so long before the run; 30d unless said.').exactOptional(),
  again: again.describe('Messages of an earlier phase that come again, after the phase’s own.').exactOptional(),
})

const flaws = fields({
  names: z
    .array(flawSchema, { error: 'write a list of flaws' })
    .min(1, { error: 'there must be at least one flaw' })
    .describe('Which ones; each such message has one of them.'),
  share: share('Which share of the phase’s messages; all unless said.').exactOptional(),
})

const ramp = fields({ from: rateOrPause('Rate at the beginning.'), to: rateOrPause('Rate at the end.') })
const step = fields({ rate: rateOrPause('Rate of the step; 0/s is a pause.'), duration: duration('Its length.') })

export const phaseSchema: z.ZodType<Phase> = fields({
  name: text('The phase’s name.', /^[a-z0-9]+(-[a-z0-9]+)*$/, 'a name of lower-case letters, digits and hyphens'),
  rate: rate('Deliveries due per second, copies included.').exactOptional(),
  ramp: ramp.describe('A rate that rises or falls steadily.').exactOptional(),
  steps: z
    .array(step, { error: 'write a list of steps, such as [{rate: 100/s, duration: 10s}]' })
    .min(1, { error: 'there must be at least one step' })
    .describe('Rates one after the other.')
    .exactOptional(),
  pace: oneOf(
    'steady, or diurnal: the rate is that of the busiest hour; a short phase runs through a whole day.',
    'steady',
    'diurnal',
  ).exactOptional(),
  at: delay('When it begins; at the end of the phase before unless said.').exactOptional(),
  duration: duration('How long it takes.').exactOptional(),
  events: whole('Distinct messages, instead of a duration.', 1, NAMESPACE_STRIDE - 1).exactOptional(),
  arrivals: oneOf('Evenly spaced, or by chance.', 'even', 'poisson').exactOptional(),
  duplicates: share('Share of messages that are delivered again after a lag.').exactOptional(),
  lag: duration('Mean of that lag; 1s unless said.').exactOptional(),
  racing: share('Share of messages that are delivered twice at the same moment.').exactOptional(),
  shuffle: delayOr(
    'full',
    'Each delivery is late by up to so much (full: the phase’s length); with namespaces, in all but the first.',
  ).exactOptional(),
  replay: replay.describe('The phase replays: the replay envelope, old events.').exactOptional(),
  expects: oneOf(
    'What a sound receiver does with each message: it takes it, refuses it with a 4xx, or does either. Accepted unless said.',
    'accepted',
    'refused',
    'either',
  ).exactOptional(),
  credentials: oneOf(
    'Whose API key is shown; the customer’s own unless said.',
    'own',
    'wrong',
    'missing',
    'expired',
  ).exactOptional(),
  signature: oneOf(
    'What is shown for a signature; the right one unless said.',
    'right',
    'wrong',
    'missing',
  ).exactOptional(),
  flaws: flaws.describe('Deliberate oddities in a share of the messages.').exactOptional(),
  customers: z
    .array(text('A customer.', /\S/, 'the name of a customer'), { error: 'write a list of customers, such as [acme]' })
    .min(1, { error: 'there must be at least one customer' })
    .describe('Whose traffic it is; all customers’ unless said.')
    .exactOptional(),
})
