import { isObject } from '../event-form.ts'

export type Fields = Readonly<Record<string, unknown>>

/** What the body of a request to the HTTP Tracking API says. */
export interface Posted {
  /** Elements that are no object among them: those are nobody's event. */
  readonly events: readonly unknown[]
  /** The call that the path is for; undefined: each event of a batch says its own. */
  readonly call: string | undefined
  /** The write key in the body, if there is one. */
  readonly writeKey: string | undefined
  /** When the sender says that it sent, as it came. */
  readonly sentAt: unknown
  /** For every event of a batch. */
  readonly context: Fields | undefined
  readonly integrations: Fields | undefined
}

/** Why a body is refused with 400. */
export class UnreadableBody {
  readonly reason: string

  constructor(reason: string) {
    this.reason = reason
  }
}

/** The documentation says KB, and its own libraries take that for 1 024 bytes. */
const KB = 1024
const BATCH_BYTES_MAX = 500 * KB
const CALL_BYTES_MAX = 32 * KB

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** @param call as `callOfPath` says */
export function readPosted(call: string, body: Uint8Array): Posted | UnreadableBody {
  const bytesMax = call === 'batch' ? BATCH_BYTES_MAX : CALL_BYTES_MAX
  if (body.length > bytesMax)
    return new UnreadableBody(`the body is larger than ${bytesMax / KB} KB: ${body.length} bytes`)
  const json = parsed(body)
  if (!isObject(json)) return new UnreadableBody('the body is no JSON object in UTF-8')
  if (call !== 'batch') return { ...headOf(json), events: [json], call, context: undefined, integrations: undefined }
  if (!Array.isArray(json.batch)) return new UnreadableBody('there is no array named batch')
  return {
    ...headOf(json),
    events: json.batch,
    call: undefined,
    context: filledOr(json.context),
    integrations: filledOr(json.integrations),
  }
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(body))
  } catch {
    return undefined
  }
}

function headOf({ writeKey, sentAt }: Fields): Pick<Posted, 'writeKey' | 'sentAt'> {
  return { writeKey: typeof writeKey === 'string' && writeKey !== '' ? writeKey : undefined, sentAt }
}

function filledOr(value: unknown): Fields | undefined {
  return isObject(value) ? value : undefined
}
