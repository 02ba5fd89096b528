import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { ParsedEvent } from './events.ts'

/** How a request fares: taken, with a status in its place, or taken with its answer lost. */
export type Fare = 'taken' | 'answer lost' | { readonly status: number; readonly retryAfter?: string }

export interface FakeTrackingApi {
  readonly url: string
  /** Taken, in order, as often as they came. */
  readonly events: readonly ParsedEvent[]
  readonly requests: readonly { readonly path: string; readonly authorization: string; readonly fare: Fare }[]
  close(): Promise<void>
}

/** Takes batches as the HTTP Tracking API does, and forgets nothing. @param fareOf of the nth request, from 1 */
export async function fakeTrackingApi(fareOf: (n: number) => Fare = () => 'taken', port = 0): Promise<FakeTrackingApi> {
  const events: ParsedEvent[] = []
  const requests: FakeTrackingApi['requests'][number][] = []
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { batch } = JSON.parse(await text(request))
    const fare = fareOf(requests.length + 1)
    requests.push({ path: request.url!, authorization: request.headers.authorization ?? '', fare })
    if (typeof fare === 'object') {
      response.writeHead(fare.status, fare.retryAfter === undefined ? {} : { 'retry-after': fare.retryAfter }).end()
      return
    }
    events.push(...batch)
    if (fare === 'answer lost') response.destroy()
    else response.end('{"success": true}')
  }
  const server = createServer((request, response) => void serve(request, response))
  await once(server.listen(port, '127.0.0.1'), 'listening')
  const close = async (): Promise<void> => {
    const closed = once(server.close(), 'close')
    server.closeAllConnections()
    await closed
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, events, requests, close }
}
