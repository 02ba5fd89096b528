import { DRAW } from '../draws.ts'
import { fragmentOf } from '../utf8.ts'
import type { Client } from './client.ts'
import { MOBILE, writeDevice, writePhone } from './mobile.ts'

/** analytics-swift: no advertising id, and traits stay in the identify call. */
export const swift: Client = {
  ...MOBILE,
  source: 'ios',
  messageIds: 'UUID',
  upperCase: true,
  writeOpening(writer, visit) {
    const phone = visit.draws.oneOfUser(DRAW.phone, visit.pools.iphones)
    writeDevice(writer, visit, LIBRARY_AND_DEVICE_ID)
    writePhone(writer, visit, phone, { device: DEVICE, networks: NETWORKS })
  },
  writeKnown() {},
  writeStep() {},
}

const LIBRARY_AND_DEVICE_ID = fragmentOf(',"library":{"name":"analytics-swift","version":"1.7.3"},"device":{"id":"')
const DEVICE = fragmentOf('","type":"ios",')
const NETWORKS = ['true', 'false'].map((wifi) =>
  fragmentOf(
    `},"network":{"bluetooth":false,"cellular":${wifi === 'false'},"wifi":${wifi}},"os":{"name":"iOS","version":`,
  ),
)
