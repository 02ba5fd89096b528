import { z } from 'zod'
import { mayDelete } from '../model/mix.ts'
import { ScenarioError } from '../model/scenario-error.ts'
import type { StreamPlan } from '../model/stream.ts'
import { STREAM_LIMITS } from '../model/stream.ts'
import { duration, fields, oneOf, place, text } from './fields.ts'
import type { Scenario } from './schema.ts'

/** What a scenario says of the Stream path alone. */
export interface StreamFields {
  /** A request for each event, or for many; batches where `batch` is given, unless said. */
  readonly endpoint?: StreamPlan['endpoint']
  readonly paths?: StreamPlan['paths']
  readonly auth?: StreamPlan['auth']
  /** The tool that the events come from; its slug and version. */
  readonly integration?: { readonly name?: string; readonly version?: string }
  readonly gzip?: boolean
  /** How long the first event of a batch waits for the last. */
  readonly batchAge?: string
  /** Whose servers; the target unless that is given. */
  readonly region?: 'us' | 'eu'
  /** Where the write key stands. */
  readonly writeKey?: string
  readonly oauth?: OauthFields
}

/** What a token is asked for with. */
export interface OauthFields {
  readonly clientId: string
  readonly keyId: string
  /** Where the private key stands that signs the assertion. */
  readonly privateKey: string
  readonly tokenEndpoint?: string
}

const name = (about: string): z.ZodString =>
  text(about, /^[\w.-]{1,100}$/, 'a name of letters, digits, dots and hyphens')

const oauthSchema: z.ZodType<OauthFields> = fields({
  clientId: name('The OAuth application’s id.'),
  keyId: name('The id of its public key at Segment.'),
  privateKey: place('Where its private key (PEM) stands: env:NAME or file:PATH.'),
  tokenEndpoint: text(
    'Who gives the tokens; the region’s unless said.',
    /^https?:\/\/\S+$/,
    'an http:// or https:// URL',
  ).exactOptional(),
})

type StreamShape = {
  readonly [Field in keyof StreamFields]-?: z.ZodExactOptional<z.ZodType<NonNullable<StreamFields[Field]>>>
}

/** The fields of a scenario that belong to the Stream path. */
export const streamFields: StreamShape = {
  endpoint: oneOf(
    'batch or single; batch where batch is given, else single (stream profile).',
    'batch',
    'single',
  ).exactOptional(),
  paths: oneOf('long: /v1/track; short: /v1/t (stream profile).', 'long', 'short').exactOptional(),
  auth: oneOf(
    'Where the write key is shown: header (Basic) unless said (stream profile).',
    'header',
    'body',
    'oauth',
  ).exactOptional(),
  integration: fields({
    name: name('The tool’s slug.').exactOptional(),
    version: name('Its version.').exactOptional(),
  })
    .describe('What each event’s context.integration says; squall 1.0.0 unless said (stream profile).')
    .exactOptional(),
  gzip: z.boolean({ error: 'write true or false' }).describe('Compressed bodies (stream profile).').exactOptional(),
  batchAge: duration(
    'A batch waits so long for its last event, at most; 10s unless said (stream profile).',
  ).exactOptional(),
  region: oneOf('Whose API it goes to where there is no target (stream profile).', 'us', 'eu').exactOptional(),
  writeKey: place('Where the write key stands: env:NAME or file:PATH (stream profile).').exactOptional(),
  oauth: oauthSchema.describe('How tokens are had where auth is oauth.').exactOptional(),
}

/** What a Stream partner cannot say. */
const FOREIGN = {
  apiKey: 'the HTTP API knows a write key; set writeKey',
  sharedSecret: 'the HTTP API knows no signature; leave it out',
  customers: 'a stream run sends the events of one source; leave them out',
} as const

/** @throws ScenarioError for what the Stream path cannot do, and for its fields where the profile is another */
export function checkStream(scenario: Scenario): void {
  const refuse = (field: string, complaint: string): never => {
    throw new ScenarioError([field], complaint)
  }
  const { profile = 'subscription', batch, endpoint, method = 'POST' } = scenario
  if (profile !== 'stream') {
    const own = STREAM_FIELDS.find((field) => scenario[field] !== undefined)
    if (own) refuse(own, `the ${profile} profile has no such thing; set profile: stream`)
    return
  }
  for (const [field, complaint] of Object.entries(FOREIGN)) {
    if (scenario[field as keyof typeof FOREIGN] !== undefined) refuse(field, complaint)
  }
  if (typeof scenario.mix === 'object' && mayDelete(scenario.mix))
    refuse('mix', 'the HTTP API has no delete call; leave erasure out')
  if (method !== 'POST') refuse('method', 'the HTTP API takes POST alone; leave it out')
  if (endpoint === 'single' && batch !== undefined)
    refuse('batch', 'a single call carries one event; set endpoint: batch')
  if (endpoint === 'batch' && batch === undefined)
    refuse('endpoint', 'say how many events a request carries, such as batch: 500')
  if (batch !== undefined && batch > STREAM_LIMITS.eventsPerBatch)
    refuse(
      'batch',
      `${batch} events are more than Segment takes in a request; write ${STREAM_LIMITS.eventsPerBatch} at most`,
    )
}

const STREAM_FIELDS = Object.keys(streamFields) as (keyof StreamFields)[]

/** @returns undefined for the other profiles */
export function streamPlanOf(scenario: Scenario): StreamPlan | undefined {
  if (scenario.profile !== 'stream') return undefined
  const { batch, integration } = scenario
  return {
    endpoint: batch === undefined ? 'single' : 'batch',
    paths: scenario.paths ?? 'long',
    auth: scenario.auth ?? (scenario.oauth ? 'oauth' : 'header'),
    integration: { name: integration?.name ?? 'squall', version: integration?.version ?? '1.0.0' },
    ownIdName: 'squallId',
    gzip: scenario.gzip ?? false,
    batchBytesMax: STREAM_LIMITS.batchBytes,
    eventBytesMax: STREAM_LIMITS.eventBytes,
  }
}
