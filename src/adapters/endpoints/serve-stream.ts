import { type StreamServerOptions, startStream } from './start-stream.ts'
import { type StopReason, stopReason } from './stop-reason.ts'

/**
 * Serves the HTTP Tracking API until it is told to stop, as `servePartner` does: one JSON line with its URL and its debugger's when it is ready.
 * @throws as startStream does
 */
export async function serveStream(options: StreamServerOptions): Promise<StopReason> {
  const stream = await startStream(options)
  process.stdout.write(`${JSON.stringify({ url: stream.url, debugger: stream.debugger })}\n`)
  const reason = await stopReason()
  await stream.close()
  return reason
}
