import type { ServerResponse } from 'node:http'
import type { Answer } from '../../partner/answer.ts'

/** Says an answer as it is meant on the wire. */
export function writeAnswer(response: ServerResponse, answer: Answer): void {
  if (answer.wire === 'hang') return
  if (answer.wire === 'reset') {
    response.socket?.resetAndDestroy()
    return
  }
  const length = answer.status === 204 ? [] : ['content-length', String(Buffer.byteLength(answer.body))]
  response.writeHead(answer.status, [...answer.headers, ...length])
  response.end(answer.body)
}
