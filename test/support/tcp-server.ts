import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { TLSSocket, type TLSSocketOptions } from 'node:tls'

export interface TcpServer {
  readonly url: string
  readonly port: number
  /** What each connection has sent so far, in order of connection. */
  readonly received: string[]
  /** Requests whose head came whole. */
  readonly requests: () => number
  /** Connections that stand at this moment. */
  readonly open: () => number
  /** Bytes that all connections together took. */
  readonly written: () => number
  close(): Promise<void>
}

/** A server that speaks bytes: `act` is called with each request that has come whole. */
export async function tcpServer(
  act: (socket: Socket, request: string, nth: number) => void,
  tls?: TLSSocketOptions,
): Promise<TcpServer> {
  const received: string[] = []
  const sockets = new Set<Socket>()
  let requests = 0
  let written = 0
  const serve = (socket: Socket): void => {
    const connection = received.push('') - 1
    let pending = ''
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      written += socket.bytesWritten
    })
    socket.on('data', (chunk) => {
      const text = chunk.toString('latin1')
      received[connection] += text
      pending += text
      for (;;) {
        const headEnd = pending.indexOf('\r\n\r\n')
        const length = Number(/content-length: (\d+)/i.exec(pending)?.[1] ?? 0)
        if (headEnd < 0 || pending.length < headEnd + 4 + length) return
        const request = pending.slice(0, headEnd + 4 + length)
        pending = pending.slice(headEnd + 4 + length)
        act(socket, request, requests++)
      }
    })
  }
  const server = createServer((socket) => serve(tls === undefined ? socket : secured(socket, tls)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}/hook?x=1`,
    port,
    received,
    requests: () => requests,
    open: () => sockets.size,
    written: () => [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, written),
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A TLS socket that can reset its connection: Node's cannot. */
function secured(socket: Socket, tls: TLSSocketOptions): Socket {
  const secure = new TLSSocket(socket, { ...tls, isServer: true })
  return Object.assign(secure, { resetAndDestroy: () => socket.resetAndDestroy() })
}
