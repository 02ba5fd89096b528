import { DRAW } from '../draws.ts'
import { fragmentOf } from '../utf8.ts'
import type { Client } from './client.ts'
import { MOBILE, writeDevice, writePhone } from './mobile.ts'

/** analytics-kotlin on Android: no advertising id, no carrier, and traits stay in the identify call. */
export const kotlin: Client = {
  ...MOBILE,
  source: 'android',
  messageIds: 'uuid',
  upperCase: false,
  writeOpening(writer, visit) {
    const phone = visit.draws.oneOfUser(DRAW.phone, visit.pools.androids)
    writeDevice(writer, visit, LIBRARY_AND_DEVICE_ID)
    writePhone(writer, visit, phone, { device: DEVICE, networks: NETWORKS })
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
const USER_AGENT = fragmentOf(',"userAgent":')
