import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Stands before an endpoint and counts what comes in. */
export interface CountingDoor {
  readonly url: string
  /** How often each messageId came, whatever became of it. */
  readonly counts: ReadonlyMap<string, number>
  /** Of all requests. */
  readonly total: () => number
  close(): Promise<void>
}

export async function countingDoor(behind: string): Promise<CountingDoor> {
  const counts = new Map<string, number>()
  const agent = new Agent({ keepAlive: true })
  let total = 0
  const server = createServer((incoming, answer) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk) => chunks.push(chunk))
    incoming.on('end', () => {
      const body = Buffer.concat(chunks)
      const { messageId } = JSON.parse(body.toString('utf8'))
      counts.set(messageId, (counts.get(messageId) ?? 0) + 1)
      total++
      const { method, headers } = incoming
      const onward = request(behind, { method, headers, agent }, (response) => {
        answer.writeHead(response.statusCode!, response.headers)
        response.pipe(answer)
      })
      onward.on('error', () => answer.destroy())
      onward.end(body)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    counts,
    total: () => total,
    async close() {
      agent.destroy()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
