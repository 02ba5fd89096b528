import { DRAW } from '../draws.ts'
import { fragmentOf } from '../utf8.ts'
import type { Client } from './client.ts'
import { MOBILE, writeDevice, writeNames, writePhone } from './mobile.ts'

/** analytics-ios: no user agent, no density, no bluetooth. */
export const ios: Client = {
  ...MOBILE,
  source: 'ios',
  messageIds: 'UUID',
  upperCase: true,
  writeOpening(writer, visit) {
    const phone = visit.draws.oneOfUser(DRAW.phone, visit.pools.iphones)
    writeDevice(writer, visit, LIBRARY_AND_DEVICE_ID)
    writePhone(writer, visit, phone, { device: DEVICE, networks: NETWORKS })
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
const TRAITS = fragmentOf(',"traits":{')
const CLOSING = fragmentOf('}')
