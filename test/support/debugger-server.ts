import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { StreamDebugger } from '../../src/adapters/endpoints/stream-debugger.ts'
import { violationsOf } from '../../src/lint/violations.ts'
import type { WatchedEvent } from '../../src/partner/stream/watched-event.ts'

export interface DebuggerServer {
  readonly page: StreamDebugger
  readonly server: Server
  /** With a slash at its end. */
  readonly url: string
  close(): void
}

/** A debugger on loopback, and nothing else; `port` as of one that stood there before. */
export async function startDebugger(port = 0, page: StreamDebugger = streamDebugger()): Promise<DebuggerServer> {
  const server = createServer((request, response) => {
    if (!page.answer(request, response)) response.writeHead(404).end('not the debugger')
  })
  await once(server.listen(port, '127.0.0.1'), 'listening')
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { page, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close }
}

function streamDebugger(): StreamDebugger {
  return new StreamDebugger((text, call) => violationsOf(text, call, 'stream'))
}

/** An event that keeps all rules, with a number of its own. @param changes to its fields @param told to what is said of it */
export function watchedEvent(
  number: number,
  changes: Readonly<Record<string, unknown>> = {},
  told: Partial<WatchedEvent> = {},
): WatchedEvent {
  const fields = {
    context: { integration: { name: 'mailer', version: '1.0.0' } },
    event: 'Email Opened',
    messageId: `m-${number}`,
    properties: { email_id: `mail-${number}` },
    timestamp: '2026-01-02T03:04:05.678Z',
    type: 'track',
    userId: `user-${number}`,
    ...changes,
  }
  return {
    atMs: Date.UTC(2026, 0, 2, 3, 4, 5) + number * 10,
    source: 'Mailer',
    messageId: String(fields.messageId ?? ''),
    type: String(fields.type ?? ''),
    event: typeof fields.event === 'string' ? fields.event : null,
    userId: typeof fields.userId === 'string' ? fields.userId : null,
    text: JSON.stringify(fields),
    ...told,
  }
}
