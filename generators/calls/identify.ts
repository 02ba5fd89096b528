import type { ByteWriter } from '../byte-writer.ts'
import { DRAW } from '../draws.ts'
import { fragmentOf } from '../utf8.ts'
import type { Visit } from '../visit/visit.ts'
import type { Call } from './call.ts'

/** Who the visitor is: what stays, and traits that change from visit to visit. */
export const identify: Call = { type: 'identify', write: (writer, visit) => write(writer, visit, false) }

/** The same for somebody who has just signed up. */
export const identifyNewcomer: Call = { type: 'identify', write: (writer, visit) => write(writer, visit, true) }

function write(writer: ByteWriter, visit: Visit, isNew: boolean): void {
  const { draws, visitor } = visit
  writer.put(EMAIL)
  visitor.writeEmail(writer)
  writer.put(PHONE)
  visitor.writePhone(writer)
  writer.put(PERSON)
  writer.put(visitor.person.traits)
  writer.put(CREATED_AT)
  if (isNew) writer.instant(visit.startMs)
  else writer.put(visitor.person.createdAt)
  writer.put(PLAN)
  writer.ascii(isNew ? 'free' : draws.oneOfVisit(DRAW.plan, PLANS))
  writer.put(POINTS)
  writer.hundredths(isNew ? 0 : draws.ofVisit(DRAW.points, 100_000))
  writer.put(LOGINS)
  writer.whole(isNew ? 1 : 2 + draws.ofVisit(DRAW.logins, 400))
  writer.put(draws.oneOfVisit(DRAW.newsletter, NEWSLETTER))
}

const PLANS = ['free', 'basic', 'plus', 'premium']
const EMAIL = fragmentOf('},"traits":{"email":"')
const PHONE = fragmentOf('","phone":"')
const PERSON = fragmentOf('",')
const CREATED_AT = fragmentOf(',"createdAt":"')
const PLAN = fragmentOf('","plan":"')
const POINTS = fragmentOf('","loyaltyPoints":')
const LOGINS = fragmentOf(',"logins":')
const NEWSLETTER = ['true', 'false', 'null'].map((value) => fragmentOf(`,"newsletter":${value}}`))
