import { DRAW } from '../draws.ts'
import { fragmentOf } from '../utf8.ts'
import type { Client } from './client.ts'
import { MOBILE, writeDevice, writeNames, writePhone } from './mobile.ts'

/** analytics-android: beyond what iOS tells, the advertising id, bluetooth, density and a user agent. */
export const android: Client = {
  ...MOBILE,
  source: 'android',
  messageIds: 'uuid',
  upperCase: false,
  writeOpening(writer, visit) {
    const phone = visit.draws.oneOfUser(DRAW.phone, visit.pools.androids)
    writeDevice(writer, visit, LIBRARY_AND_DEVICE_ID)
    writer.put(ADVERTISING_ID)
    visit.visitor.writeAdvertisingId(writer)
    writePhone(writer, visit, phone, { device: DEVICE, networks: NETWORKS })
    writer.put(USER_AGENT)
    writer.put(phone.userAgent)
  },
  writeKnown(writer, visit) {
    writer.put(TRAITS)
    visit.visitor.writeAnonymousId(writer)
    writer.put(USER_ID)
    visit.visitor.writeUserId(writer)
    writer.put(NAMES)
    writeNames(writer, visit)
    writer.put(CLOSING)
  },
  writeStep() {},
}

const LIBRARY_AND_DEVICE_ID = fragmentOf(',"library":{"name":"analytics-android","version":"4.11.3"},"device":{"id":"')
const ADVERTISING_ID = fragmentOf('","adTrackingEnabled":true,"advertisingId":"')
const DEVICE = fragmentOf('","type":"android",')
const NETWORKS = ['true', 'false'].map((wifi) =>
  fragmentOf(
    `},"network":{"bluetooth":false,"carrier":"${wifi === 'true' ? '' : 'T-Mobile'}","cellular":${wifi === 'false'},"wifi":${wifi}},"os":{"name":"Android","version":`,
  ),
)
const USER_AGENT = fragmentOf(',"userAgent":')
const TRAITS = fragmentOf(',"traits":{"anonymousId":"')
const USER_ID = fragmentOf('","userId":"')
const NAMES = fragmentOf('",')
const CLOSING = fragmentOf('}')
