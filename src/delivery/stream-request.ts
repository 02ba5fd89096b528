import { isoText } from '../model/iso-instant.ts'
import type { CallType } from '../model/message.ts'
import type { RetryPlan, ShownCredentials } from '../model/plan.ts'
import type { StreamPlan } from '../model/stream.ts'
import type { OutgoingRequest } from '../model/world.ts'
import { base64 } from './base64.ts'
import { jsonArray } from './json-array.ts'
import { withLastField } from './json-object.ts'
import { type Credentials, WRONG_KEY } from './profile.ts'

/** What a request to Segment's API says of the moment at which it leaves. */
export interface Dispatch {
  /** Of the one event that it carries; nobody asks where it carries a batch. */
  readonly call: CallType
  /** From 1. */
  readonly attempt: number
  /** Wall clock, epoch milliseconds. */
  readonly sentAtMs: number
  readonly shown: ShownCredentials
}

/** Makes gzip of a body. */
export type Gzip = (body: Uint8Array) => Uint8Array

export type StreamRequests = (events: readonly Uint8Array[], dispatch: Dispatch) => OutgoingRequest

/**
 * How events become a Stream partner's request: each by itself at the path of its call, or many in an object beside the moment at which they leave.
 * @param gzip undefined: the engine that sends compresses
 */
export function streamRequestsOf(
  { stream, retry }: { readonly stream: StreamPlan; readonly retry: RetryPlan },
  credentials: Credentials,
  gzip: Gzip | undefined,
): StreamRequests {
  const heads = headsOf(stream, credentials, gzip !== undefined)
  return (events, { call, attempt, sentAtMs, shown }) => {
    const first = events[0]
    if (first === undefined) throw new RangeError('a request carries at least one event')
    const { headers, key } = heads[shown]
    const field = stream.auth === 'header' || key === undefined ? '' : `"writeKey":${JSON.stringify(key)}`
    const body = stream.endpoint === 'batch' ? batchOf(events, sentAtMs, field) : singleOf(first, field)
    return {
      method: 'POST',
      path: pathOf(stream, call),
      headers: headers().concat(countOf(retry, attempt)),
      body: stream.gzip && gzip ? gzip(body) : body,
      ...(stream.gzip && !gzip && { compress: 'gzip' as const }),
    }
  }
}

function singleOf(event: Uint8Array, field: string): Uint8Array {
  return field === '' ? event : withLastField(event, field)
}

function batchOf(events: readonly Uint8Array[], sentAtMs: number, field: string): Uint8Array {
  return jsonArray(events, '{"batch":', `,"sentAt":"${isoText(sentAtMs)}"${field === '' ? '' : `,${field}`}}`)
}

function pathOf({ endpoint, paths }: StreamPlan, call: CallType): string {
  const name = endpoint === 'batch' ? 'batch' : call
  return `/v1/${paths === 'short' ? name.charAt(0) : name}`
}

function countOf({ countHeader }: RetryPlan, attempt: number): string[] {
  return countHeader === undefined || attempt === 1 ? [] : [countHeader, String(attempt - 1)]
}

/** What does not hang on the events. */
interface Head {
  /** Undefined: none is shown. */
  readonly key: string | undefined
  readonly headers: () => readonly string[]
}

function headsOf(
  stream: StreamPlan,
  credentials: Credentials,
  compresses: boolean,
): Readonly<Record<ShownCredentials, Head>> {
  const { writeKey, expiredKey = WRONG_KEY, tokens } = credentials
  const headOf = (key: string | undefined): Head => {
    const common = [...commonHeaders(stream, compresses), ...credentials.headers]
    if (stream.auth === 'body' || key === undefined) return { key, headers: () => common }
    if (stream.auth === 'header') {
      const headers = ['Authorization', `Basic ${base64(`${key}:`)}`, ...common]
      return { key, headers: () => headers }
    }
    const token = (): string => (key === writeKey && tokens ? tokens.now() : key)
    return { key, headers: () => ['Authorization', `Bearer ${token()}`, ...common] }
  }
  return { own: headOf(writeKey), wrong: headOf(WRONG_KEY), expired: headOf(expiredKey), missing: headOf(undefined) }
}

function commonHeaders({ integration, gzip }: StreamPlan, compresses: boolean): string[] {
  return [
    ...(gzip && compresses ? ['Content-Encoding', 'gzip'] : []),
    'Content-Type',
    'application/json',
    'User-Agent',
    `${integration.name}/${integration.version}`,
  ]
}
