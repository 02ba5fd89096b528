/** How a Stream partner sends its events to Segment's HTTP Tracking API. Part of a Plan exactly where the profile is `stream`. */
export interface StreamPlan {
  /** `batch`: requests to /v1/batch, of so many events at most as the plan's `batchSize` says · `single`: a request to /v1/<call> for each event. */
  readonly endpoint: 'batch' | 'single'
  /** `short`: /v1/t instead of /v1/track, /v1/b instead of /v1/batch. */
  readonly paths: 'long' | 'short'
  /** Where the write key is shown: as Basic user, in the body, or in the body beside an OAuth token. */
  readonly auth: 'header' | 'body' | 'oauth'
  /** What each event says of the tool that it comes from. */
  readonly integration: StreamIntegration
  /** The context property that holds the tool's own id of the person. */
  readonly ownIdName: string
  /** Whether bodies are compressed. */
  readonly gzip: boolean
  /** A batch's body is at most so long, uncompressed. */
  readonly batchBytesMax: number
  /** An event that is longer is not sent where it should be taken. */
  readonly eventBytesMax: number
}

export interface StreamIntegration {
  /** The tool's slug in Segment's catalog. */
  readonly name: string
  readonly version: string
}

/** What Segment takes in one request, as its HTTP API states it. */
export const STREAM_LIMITS: {
  readonly eventsPerBatch: number
  readonly batchBytes: number
  readonly eventBytes: number
} = { eventsPerBatch: 2500, batchBytes: 500_000, eventBytes: 32 * 1024 }
