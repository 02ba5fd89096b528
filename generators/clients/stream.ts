import type { Client } from './client.ts'

/** A Stream partner's server: it collects nothing, and knows its people by the userIds that Segment gave it. */
export const stream: Client = {
  source: 'server',
  messageIds: 'uuid',
  flushMaxMs: 1,
  unknownUser: 'absent',
  sessions: false,
  upperCase: false,
  isMobile: false,
  isBackEnd: true,
  hasEmptyContext: true,
  writeOpening() {},
  writeKnown() {},
  writeStep() {},
}
