import { fragmentOf } from '../utf8.ts'
import type { Client } from './client.ts'

/** Libraries on servers: each names itself and knows nothing of the person's device. */

export const node: Client = backEnd(
  'node-next',
  '{"_metadata":{"nodeVersion":"22.19.0","jsRuntime":"node"},"channel":"server","context":{"library":{"name":"@segment/analytics-node","version":"3.1.0"}',
)

export const python: Client = backEnd(
  'uuid',
  '{"channel":"server","context":{"library":{"name":"analytics-python","version":"2.3.2"}',
)

/** Whoever posts to the HTTP API without a library: nobody collects anything, and the caller numbers its messages. */
export const http: Client = { ...backEnd('uuid', '{"channel":"server","context":{'), hasEmptyContext: true }

function backEnd(messageIds: Client['messageIds'], opening: string): Client {
  const fragment = fragmentOf(opening)
  return {
    source: 'server',
    messageIds,
    flushMaxMs: 900,
    unknownUser: 'absent',
    sessions: false,
    upperCase: false,
    isMobile: false,
    isBackEnd: true,
    hasEmptyContext: false,
    writeOpening: (writer) => writer.put(fragment),
    writeKnown() {},
    writeStep() {},
  }
}
