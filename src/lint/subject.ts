import type { JsonObject } from './json.ts'
import type { NamedEvent } from './named-event.ts'

/** One event, with what the rules ask of it again and again. */
export interface LintedEvent {
  readonly fields: JsonObject
  /** Its `type`, or what the endpoint says it is; empty for none that is text. */
  readonly type: string
  /** Its own `context`, or nothing where that is no object. */
  readonly context: JsonObject
  /** Its own `properties`, likewise. */
  readonly properties: JsonObject
  /** The `context` of the batch that it came in: merged into its own at ingest. */
  readonly shared: JsonObject
  /** What the name of a track call stands for; undefined for other calls, and where the name is no text. */
  readonly named: NamedEvent | undefined
  /** As UTF-8 JSON; an upper bound of it where that is known to be below every limit. */
  readonly bytes: number
}

/** The events of one request, or of one array. */
export interface LintedBatch {
  readonly count: number
  /** As UTF-8 JSON. */
  readonly bytes: number
}

/** A captured request. */
export interface LintedRequest {
  readonly method: string
  /** Without query; empty where there is no URL. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  /** The body, or nothing where it is no object. */
  readonly body: JsonObject
}
