import { DRAW } from '../draws.ts'
import { fragmentOf } from '../utf8.ts'
import type { Client } from './client.ts'
import { MOBILE, writeAppAndPlace } from './mobile.ts'

/** analytics-kotlin on Android: no advertising id, no carrier, and traits stay in the identify call. */
export const kotlin: Client = {
  ...MOBILE,
  source: 'android',
  messageIds: 'uuid',
  upperCase: false,
  writeOpening(writer, visit) {
    const phone = visit.draws.oneOfUser(DRAW.phone, visit.pools.androids)
    writeAppAndPlace(writer, visit)
    writer.put(LIBRARY_AND_DEVICE_ID)
    visit.visitor.writeDeviceId(writer)
    writer.put(DEVICE)
    writer.put(phone.device)
    writer.put(visit.draws.oneOfVisit(DRAW.network, NETWORKS))
    writer.put(phone.osVersion)
    writer.put(SCREEN)
    writer.put(phone.screen)
    writer.put(USER_AGENT)
    writer.put(phone.userAgent)
  },
  writeKnown() {},
  writeStep() {},
}

const LIBRARY_AND_DEVICE_ID = fragmentOf(',"library":{"name":"analytics-kotlin","version":"1.24.1"},"device":{"id":"')
const DEVICE = fragmentOf('","type":"android",')
const NETWORKS = ['true', 'false'].map((wifi) =>
  fragmentOf(
    `},"network":{"bluetooth":false,"cellular":${wifi === 'false'},"wifi":${wifi}},"os":{"name":"Android","version":`,
  ),
)
const SCREEN = fragmentOf('},"screen":')
const USER_AGENT = fragmentOf(',"userAgent":')
