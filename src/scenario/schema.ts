import { z } from 'zod'
import { NAMESPACE_STRIDE } from '../model/message.ts'
import type { DeliveryPlan, ProfileName, StatusMeaning } from '../model/plan.ts'
import type { EngineName } from '../model/run-header.ts'
import type { StateRule } from '../model/state.ts'
import { type Customer, customersSchema } from './customers.ts'
import { expectSchema, type StatedExpectation } from './expectation.ts'
import { above, delay, duration, fields, keyOf, oneOf, place, rate, share, text, whole } from './fields.ts'
import { mixSchema, type StatedMix } from './mix.ts'
import { objectivesSchema, type StatedObjectives } from './objectives.ts'
import { type Phase, phaseSchema } from './phase.ts'
import { RETRY_LIBRARY_NAMES, type RetryLibrary } from './retry-libraries.ts'
import { type StreamFields, streamFields } from './stream.ts'
import { type Template, templateSchema } from './template.ts'
import { VERDICTS } from './verdicts.ts'

/** What the author wrote: friendly and partial, with units as text ("500/s", "4h", "10%"). What is left out is decided by `resolve`. */
export interface Scenario extends StreamFields {
  readonly name: string
  readonly about?: string
  readonly phases: readonly Phase[]
  /** The phase that `rate`, `duration` and `events` set; the first unless said. */
  readonly main?: string
  /** Deliveries due per second in the main phase, copies included; on a curve, at its highest. The other phases keep their proportion. */
  readonly rate?: string
  /** Of the main phase. The other phases keep their proportion. */
  readonly duration?: string
  /** Distinct messages of the main phase, all namespaces together. The other phases keep their proportion. */
  readonly events?: number
  readonly seed?: number
  readonly people?: number
  /** A mix by its name, or journeys with their weights. */
  readonly mix?: StatedMix
  /** Events of the author's own among them. */
  readonly templates?: readonly Template[]
  readonly namespaces?: number
  /** The receiver's customers, each with the same visits by people of its own. */
  readonly customers?: readonly Customer[]
  /** The same message of two customers has one messageId. */
  readonly collide?: boolean
  readonly lanes?: number
  readonly profile?: ProfileName
  /** What sends: squall itself, or k6. The same plan gives the same deliveries. */
  readonly engine?: EngineName
  readonly method?: DeliveryPlan['method']
  /** Events in the array of each request, at most. */
  readonly batch?: number
  /** The place of the secret that signs requests: `env:NAME` or `file:PATH`. */
  readonly sharedSecret?: string
  readonly target?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Where the API key stands. */
  readonly apiKey?: string
  /** Where a key stands that expires before those phases that show it in vain. */
  readonly expiredKey?: string
  /** PEM files: which authorities are trusted, and the client's own certificate with its key. */
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  readonly connections?: number
  readonly inFlight?: number
  readonly timeout?: string
  readonly catchUp?: string
  /** Attempts started per second at most, whatever else asks for more. */
  readonly ceiling?: string
  readonly warmUp?: string
  readonly warmRequests?: number
  readonly retry?: Retry
  /** Divides the delays of retries, and nothing else. */
  readonly timeScale?: number
  readonly drain?: string
  /** Share of attempts whose answer squall does not wait for: it closes the connection and tries again. */
  readonly lostAnswers?: string | number
  readonly receipts?: string
  readonly state?: string
  readonly stateRule?: StateRule
  /** Where what the receiver sent to the outside is read. */
  readonly outbox?: string
  /** Where what the receiver took and did not keep is read. */
  readonly discards?: string
  /** What the receiver is to make of events. */
  readonly expect?: readonly StatedExpectation[]
  /** Where the key stands that receipts and state are read with, over HTTP. */
  readonly receiptsKey?: string
  readonly settle?: string
  /** A command that kills the target and starts it again; run in the middle of the main phase. */
  readonly restart?: string
  readonly verdicts?: readonly string[]
  readonly skip?: Readonly<Record<string, string>>
  readonly claim?: string | number
  /** What the endpoint says that it takes, deliveries and retries together. */
  readonly declaredRate?: string
  /** Each asks for the verdict that it is called by. */
  readonly objectives?: StatedObjectives
  readonly partner?: Partner
}

export interface Retry {
  readonly policy?: 'segment' | 'none'
  /** Whose client library sends. */
  readonly library?: RetryLibrary
  readonly retries?: number
  readonly firstDelay?: string
  readonly jitter?: string | number
  readonly window?: string
  readonly retryAfter?: 'ignore' | 'honour'
  readonly statuses?: Readonly<Record<string, StatusMeaning>>
}

/** The embedded partner, where a run has no other target. */
export interface Partner {
  readonly faults?: readonly string[]
  /** Over HTTPS, with a certificate made for the run. */
  readonly tls?: boolean
  /** Where its customers' keys stand; without any it asks for none. */
  readonly apiKeys?: readonly string[]
}

const verdict = oneOf('A verdict.', ...VERDICTS)
const line = (about: string): z.ZodString => text(about, /^[^\r\n]*\S[^\r\n]*$/, 'a line of text')

const retrySchema: z.ZodType<Retry> = fields({
  policy: oneOf('segment: ten attempts over four hours; none: one attempt.', 'segment', 'none').exactOptional(),
  library: oneOf(
    'As that library retries; analytics-node with the stream profile unless said.',
    ...RETRY_LIBRARY_NAMES,
  ).exactOptional(),
  retries: whole('Retries after the first attempt.', 0, 100).exactOptional(),
  firstDelay: delay('Nominal delay before the first retry; each next one is twice as long.').exactOptional(),
  jitter: share('By how much of itself a delay is shortened or lengthened at random, at most.').exactOptional(),
  window: duration('The last retry comes no later than this after the first attempt.').exactOptional(),
  retryAfter: oneOf('What to make of Retry-After.', 'ignore', 'honour').exactOptional(),
  statuses: z
    .record(
      text('A status or a class of them.', /^[1-5](\d\d|xx)$/, 'a status such as 503 or a class such as 5xx'),
      oneOf('What it means.', 'accept', 'retry', 'reject'),
      { error: 'write what statuses mean, such as {503: retry, 4xx: reject}' },
    )
    .describe('What an answer means, by status or class; the exact status wins.')
    .exactOptional(),
})

const PROFILES = ['subscription', 'webhook', 'actions', 'stream'] as const
const METHODS = ['POST', 'PUT', 'PATCH'] as const
const ENGINES = ['node', 'k6'] as const

const FORBIDDEN_HEADERS = 'host|content-length|transfer-encoding|connection|keep-alive|upgrade|expect|te|trailer'

// The value is not shown: it may be a secret.
const headerValueError = 'is not a header value; write printable ASCII, and a number in quotes'
const headerValue = z.string({ error: headerValueError }).regex(/^[\t\x20-\x7e]*$/, { error: headerValueError })

const headersSchema: z.ZodRecord<z.ZodString, z.ZodString> = z.record(
  text(
    'A header name.',
    new RegExp(`^(?!(${FORBIDDEN_HEADERS})$)[!#$%&'*+.^_\`|~0-9a-z-]+$`, 'i'),
    'the name of a header that may be set',
  ),
  headerValue,
  { error: 'write headers as {Name: value}' },
)

export const scenarioSchema: z.ZodType<Scenario> = fields({
  name: text('The scenario’s name.', /^[a-z0-9]+(-[a-z0-9]+)*$/, 'a name of lower-case letters, digits and hyphens'),
  about: line('What it shows, in a sentence.').exactOptional(),
  phases: z
    .array(phaseSchema, { error: 'a scenario has a list of phases' })
    .min(1, { error: 'there must be at least one phase' })
    .describe('What is sent, when and how often.'),
  main: line('The phase that rate, duration and events set; the first unless said.').exactOptional(),
  rate: rate(
    'Deliveries due per second in the main phase, copies included. Other phases keep their proportion.',
  ).exactOptional(),
  duration: duration('Of the main phase. Other phases keep their proportion.').exactOptional(),
  events: whole(
    'Distinct messages of the main phase. Others keep their proportion.',
    1,
    NAMESPACE_STRIDE - 1,
  ).exactOptional(),
  seed: whole('Where chance begins; 1 unless said.', 0, 2 ** 32 - 1).exactOptional(),
  people: whole('How many people the traffic is about; 1000 unless said.', 1, 1_000_000).exactOptional(),
  mix: mixSchema
    .describe('Which journeys there are: a mix by its name, or journeys and how often each comes.')
    .exactOptional(),
  templates: z
    .array(templateSchema, { error: 'write a list of events, such as [{event: Seat Upgraded}]' })
    .max(100, { error: 'there may be 100 templates at most' })
    .describe('Events of your own, mixed with the rest.')
    .exactOptional(),
  namespaces: whole(
    'In how many disjoint sets of people all messages are sent; 1 unless said.',
    1,
    4096,
  ).exactOptional(),
  customers: customersSchema
    .describe('Customers of the receiver’s: each sends the same visits by people of its own, with a key of its own.')
    .exactOptional(),
  collide: z
    .boolean({ error: 'write true or false' })
    .describe('The same message of two customers has one messageId; it is two messages all the same.')
    .exactOptional(),
  lanes: whole(
    'Independent streams of deliveries; 64 unless said, fewer where batches would not fill.',
    1,
    65_535,
  ).exactOptional(),
  profile: oneOf('How deliveries look on the wire; subscription unless said.', ...PROFILES).exactOptional(),
  engine: oneOf('What sends; node unless said. k6 is a program of its own.', ...ENGINES).exactOptional(),
  method: oneOf('Of the requests; POST unless said. Others only with the actions profile.', ...METHODS).exactOptional(),
  batch: whole('Events in the array of each request, at most; one bare event unless said.', 1, 4000).exactOptional(),
  ...streamFields,
  sharedSecret: place('Where the secret stands that signs requests: env:NAME or file:PATH.').exactOptional(),
  target: text(
    'Where deliveries go; the embedded partner unless said.',
    /^https?:\/\/\S+$/,
    'an http:// or https:// URL',
  ).exactOptional(),
  headers: headersSchema.describe('Extra request headers.').exactOptional(),
  apiKey: place('Where the API key stands: env:NAME or file:PATH.').exactOptional(),
  expiredKey: place('Where a key stands that expires, for phases that show it: env:NAME or file:PATH.').exactOptional(),
  ca: line('A PEM file: the certificate authorities to trust, in place of the public ones.').exactOptional(),
  cert: line('A PEM file: the client certificate to show where one is asked for.').exactOptional(),
  key: line('A PEM file: the private key of that certificate.').exactOptional(),
  connections: whole('Connections, used in rotation; 64 unless said.', 1, 65_535).exactOptional(),
  inFlight: whole('Attempts under way at once, at most; 512 unless said.', 1, 1_000_000).exactOptional(),
  timeout: duration('Time for one attempt; 5s unless said, 10s with the actions profile.').exactOptional(),
  catchUp: rate('Attempts per second once behind, at most; twice the peak rate unless said.').exactOptional(),
  ceiling: rate('Attempts started per second at most, retries included; none unless said.').exactOptional(),
  warmUp: delay('So much of the main phase is not timed; 5s, at most a tenth of it, unless said.').exactOptional(),
  warmRequests: whole('Requests to a null server before the run; 25000 unless said.', 0, 10_000_000).exactOptional(),
  retry: retrySchema.describe('What follows from an attempt.').exactOptional(),
  timeScale: above('Divides the delays of retries, and nothing else.', 0).exactOptional(),
  drain: delay('How long retries are waited for after the last due moment.').exactOptional(),
  lostAnswers: share(
    'Share of attempts after which squall closes the connection without the answer, and tries again.',
  ).exactOptional(),
  receipts: line(
    'Where the receiver’s store is read: http(s)://…, file:…, command:…, sqlite:… or postgres://…',
  ).exactOptional(),
  state: line('Where the receiver’s final state is read.').exactOptional(),
  receiptsKey: place(
    'Where the key stands that receipts are read with over HTTP (Basic), or PostgreSQL’s password.',
  ).exactOptional(),
  stateRule: oneOf(
    'orders: the same events in any order end in an equal state; event-time: the value set last stays.',
    'orders',
    'event-time',
  ).exactOptional(),
  restart: line(
    'A command that kills the target and starts it again, run in the middle of the main phase.',
  ).exactOptional(),
  outbox: line('Where what the receiver sent out is read: {"messageId", "userId", "to"} lines.').exactOptional(),
  discards: line(
    'Where what the receiver took and did not keep is read: {"messageId", "code", "count"} lines, or a workspace’s export.',
  ).exactOptional(),
  expect: expectSchema
    .describe('What the receiver is to make of events: a value in each is a field of receipts or state.')
    .exactOptional(),
  settle: delay('How long stored events may take to be visible; 30s unless said.').exactOptional(),
  verdicts: z
    .array(verdict, { error: 'write a list of verdicts' })
    .describe('What is asked for; the six of every run unless said.')
    .exactOptional(),
  skip: z
    .record(keyOf(VERDICTS), line('Why.'), { error: 'write {verdict: reason}' })
    .describe('Verdicts left out, and why.')
    .exactOptional(),
  claim: share('The loss ratio that the run must be able to exclude.').exactOptional(),
  declaredRate: rate(
    'What the endpoint is said to take, retries included; measured, and not judged, unless said.',
  ).exactOptional(),
  objectives: objectivesSchema.describe('What is to be reached; each asks for its verdict.').exactOptional(),
  partner: fields({
    faults: z
      .array(line('A fault.'), { error: 'write a list of faults' })
      .describe('What goes wrong on purpose.')
      .exactOptional(),
    tls: z
      .boolean({ error: 'write true or false' })
      .describe('Over HTTPS, with a certificate made for the run.')
      .exactOptional(),
    apiKeys: z
      .array(place('A customer’s key.'), { error: 'write a list of places, such as [env:KEY_A, env:KEY_B]' })
      .describe('Where its customers’ keys stand; without any it asks for none.')
      .exactOptional(),
  }).exactOptional(),
})
