import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Answer } from '../../partner/answer.ts'

/** Says an answer as it is meant on the wire. */
export function writeAnswer(response: ServerResponse, answer: Answer): void {
  if (answer.wire === 'hang') return
  if (answer.wire === 'reset') {
    cut(response.socket)
    return
  }
  const length = answer.status === 204 ? [] : ['content-length', String(Buffer.byteLength(answer.body))]
  response.writeHead(answer.status, [...answer.headers, ...length])
  response.end(answer.body)
}

/** With a reset; a TLS connection, which knows none of its own, just ends without a goodbye. */
function cut(socket: Socket | null): void {
  if (socket instanceof TLSSocket) socket.destroy()
  else socket?.resetAndDestroy()
}
