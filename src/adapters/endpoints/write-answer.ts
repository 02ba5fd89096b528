import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'
import { TLSSocket } from 'node:tls'
import type { Answer } from '../../partner/answer.ts'

/** What someone says who takes the connection for one of another protocol. */
const NO_HTTP = 'SSH-2.0-OpenSSH_9.6\r\n\r\n'
const HINTS = { link: '</terms>; rel=preload; as=document' }
const PIECES_MAX = 20

/** Says an answer as it is meant on the wire. */
export function writeAnswer(response: ServerResponse, answer: Answer): void {
  if (answer.wire === 'hang') return
  if (answer.wire === 'reset') cut(response.socket)
  else if (answer.wire === 'malformed') response.socket?.end(NO_HTTP)
  else if (answer.version === '1.0') writeOldAnswer(response.socket, answer)
  else writeUsualAnswer(response, answer)
}

function writeUsualAnswer(response: ServerResponse, answer: Answer): void {
  const { status, reason, headers, body } = answer
  const length = status === 204 ? [] : ['content-length', String(Buffer.byteLength(body))]
  if (answer.hinted) response.writeEarlyHints(HINTS)
  response.writeHead(status, reason, [...headers, ...length])
  if (answer.bodyMs) response.flushHeaders()
  writeBody(response, answer)
}

/** Node's own answers are all in HTTP/1.1. */
function writeOldAnswer(socket: Socket | null, answer: Answer): void {
  const { status, reason = STATUS_CODES[status] ?? '', headers } = answer
  const lines = [`HTTP/1.0 ${status} ${reason}`]
  for (let i = 0; i + 1 < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}`)
  if (socket === null) return
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  writeBody(socket, answer)
}

function writeBody(out: Writable, { body, bodyMs }: Answer): void {
  if (!bodyMs) {
    out.end(body)
    return
  }
  pipeline(dribbled(Buffer.from(body), bodyMs), out).catch(() => {
    // The reader went away: there is nobody left to tell.
  })
}

/** In pieces, the last of them when the time is over. */
async function* dribbled(bytes: Buffer, bodyMs: number): AsyncGenerator<Buffer, void, undefined> {
  const size = Math.ceil(bytes.length / PIECES_MAX)
  const waitMs = Math.ceil(bodyMs / Math.ceil(bytes.length / size))
  for (let at = 0; at < bytes.length; at += size) {
    await setTimeout(waitMs, undefined, { ref: false })
    yield bytes.subarray(at, at + size)
  }
}

/** With a reset; a TLS connection, which knows none of its own, just ends without a goodbye. */
function cut(socket: Socket | null): void {
  if (socket instanceof TLSSocket) socket.destroy()
  else socket?.resetAndDestroy()
}
