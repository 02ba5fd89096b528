import { DRAW } from '../draws.ts'
import { fragmentOf } from '../utf8.ts'
import type { Client } from './client.ts'

/** A server library: it names itself and knows nothing of the person's device. */
export const server: Client = {
  kind: 'server',
  flushMaxMs: 900,
  unknownUser: 'absent',
  sessions: false,
  upperCase: false,
  writeOpening(writer, visit) {
    writer.put(visit.draws.oneOfUser(DRAW.library, OPENINGS))
  },
  writeKnown() {},
  writeStep() {},
}

const OPENINGS = [
  '{"_metadata":{"nodeVersion":"22.19.0","jsRuntime":"node"},"channel":"server","context":{"library":{"name":"@segment/analytics-node","version":"3.1.0"}',
  '{"channel":"server","context":{"library":{"name":"analytics-python","version":"2.3.2"}',
].map(fragmentOf)
