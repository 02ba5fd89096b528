import { once } from 'node:events'
import { createServer, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'

export interface HttpsServer {
  readonly url: string
  /** Requests that came whole. */
  readonly requests: () => number
  close(): Promise<void>
}

/** A server on this machine that takes everything, over TLS as it is told. */
export async function httpsServer(options: ServerOptions, host = '127.0.0.1'): Promise<HttpsServer> {
  let requests = 0
  const server = createServer(options, (request, response) => {
    request.resume().on('end', () => {
      requests++
      response.end()
    })
  })
  server.on('tlsClientError', () => {})
  await once(server.listen(0, host), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `https://${host}:${port}/`,
    requests: () => requests,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
