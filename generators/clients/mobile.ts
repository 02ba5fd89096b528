import type { ByteWriter } from '../byte-writer.ts'
import { DRAW } from '../draws.ts'
import { APP_BUILD, APP_VERSION } from '../journeys/application.ts'
import type { PhoneFragments } from '../pools.ts'
import { type Fragment, fragmentOf } from '../utf8.ts'
import type { Visit } from '../visit/visit.ts'

/** What the mobile libraries have in common. */
export const MOBILE = {
  flushMaxMs: 900,
  unknownUser: 'absent',
  sessions: true,
  isMobile: true,
  isBackEnd: false,
  hasEmptyContext: false,
} as const

/**
 * How an event of a mobile library begins: the application, where the phone is, the library, and the device's id, unclosed.
 * @param libraryAndDeviceId all from the library to where the id goes
 */
export function writeDevice(writer: ByteWriter, visit: Visit, libraryAndDeviceId: Fragment): void {
  writeAppAndPlace(writer, visit)
  writer.put(libraryAndDeviceId)
  visit.visitor.writeDeviceId(writer)
}

/** What the library says of the phone, from behind the ids on. `networks`: one of them is the visit's, up to the system's version. */
export function writePhone(
  writer: ByteWriter,
  visit: Visit,
  phone: PhoneFragments,
  { device, networks }: { readonly device: Fragment; readonly networks: readonly Fragment[] },
): void {
  writer.put(device)
  writer.put(phone.device)
  writer.put(visit.draws.oneOfVisit(DRAW.network, networks))
  writer.put(phone.osVersion)
  writer.put(SCREEN)
  writer.put(phone.screen)
}

function writeAppAndPlace(writer: ByteWriter, visit: Visit): void {
  writer.put(ANONYMOUS_ID)
  visit.visitor.writeAnonymousId(writer)
  writer.put(APP)
  writer.put(visit.pools.shop.appName)
  writer.put(NAMESPACE)
  writer.put(visit.pools.shop.appNamespace)
  writer.put(IP)
  writer.ascii(visit.draws.oneOfUser(DRAW.address, visit.pools.ips))
  writer.put(LOCALE)
  writer.ascii(visit.visitor.person.locale)
  writer.put(TIMEZONE)
  writer.ascii(visit.visitor.person.timezone)
  writer.put(QUOTE)
}

/** The traits that the library remembers from identify, and e-mail. */
export function writeNames(writer: ByteWriter, visit: Visit): void {
  writer.put(visit.visitor.person.names)
  writer.put(EMAIL)
  visit.visitor.writeEmail(writer)
  writer.put(QUOTE)
}

const ANONYMOUS_ID = fragmentOf('{"anonymousId":"')
const APP = fragmentOf(
  `","channel":"mobile","context":{"app":{"build":"${APP_BUILD}","version":"${APP_VERSION}","name":`,
)
const NAMESPACE = fragmentOf(',"namespace":')
const IP = fragmentOf('},"ip":"')
const LOCALE = fragmentOf('","locale":"')
const TIMEZONE = fragmentOf('","timezone":"')
const EMAIL = fragmentOf(',"email":"')
const QUOTE = fragmentOf('"')
const SCREEN = fragmentOf('},"screen":')
