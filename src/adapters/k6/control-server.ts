import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ControlWord } from '../../model/assignment.ts'

/** Whom a k6 process asks whether to go on. */
export interface ControlServer {
  /** On loopback; nobody else can guess it. */
  readonly url: string
  /** @param who stops the run, as its ledger is to say */
  stop(who: string): void
  abort(): void
  close(): void
}

export async function startControlServer(): Promise<ControlServer> {
  const path = `/${randomBytes(16).toString('hex')}`
  let word: ControlWord | `${ControlWord} ${string}` = 'go'
  const server = createServer((request, response) => {
    if (request.url === path) response.end(word)
    else response.writeHead(404).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    stop: (who) => {
      if (word === 'go') word = `stop ${who}`
    },
    abort: () => {
      word = 'abort'
    },
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
