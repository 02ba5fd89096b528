import { DRAW } from '../draws.ts'
import { fragmentOf } from '../utf8.ts'
import type { Client } from './client.ts'
import { MOBILE, writeAppAndPlace, writeNames } from './mobile.ts'

/** analytics-ios: no user agent, no density, no bluetooth. */
export const ios: Client = {
  ...MOBILE,
  source: 'ios',
  messageIds: 'UUID',
  upperCase: true,
  writeOpening(writer, visit) {
    const phone = visit.draws.oneOfUser(DRAW.phone, visit.pools.iphones)
    writeAppAndPlace(writer, visit)
    writer.put(LIBRARY_AND_DEVICE_ID)
    visit.visitor.writeDeviceId(writer)
    writer.put(DEVICE)
    writer.put(phone.device)
    writer.put(visit.draws.oneOfVisit(DRAW.network, NETWORKS))
    writer.put(phone.osVersion)
    writer.put(SCREEN)
    writer.put(phone.screen)
  },
  writeKnown(writer, visit) {
    writer.put(TRAITS)
    writeNames(writer, visit)
    writer.put(CLOSING)
  },
  writeStep() {},
}

const LIBRARY_AND_DEVICE_ID = fragmentOf(',"library":{"name":"analytics-ios","version":"4.1.8"},"device":{"id":"')
const DEVICE = fragmentOf('","adTrackingEnabled":false,"type":"ios",')
const NETWORKS = ['true', 'false'].map((wifi) =>
  fragmentOf(
    `},"network":{"carrier":"--","cellular":${wifi === 'false'},"wifi":${wifi}},"os":{"name":"iOS","version":`,
  ),
)
const SCREEN = fragmentOf('},"screen":')
const TRAITS = fragmentOf(',"traits":{')
const CLOSING = fragmentOf('}')
