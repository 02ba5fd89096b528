import { DRAW } from '../draws.ts'
import type { Journey } from '../journeys/journey.ts'
import type { VisitDraws } from '../visit/visit-draws.ts'
import { android } from './android.ts'
import { http, node, python } from './back-end.ts'
import type { Client } from './client.ts'
import { ios } from './ios.ts'
import { kotlin } from './kotlin.ts'
import { swift } from './swift.ts'
import { web } from './web.ts'

/** The library that a journey is seen through: a person keeps to one phone, and a person's company to one back end. */
export function clientOf(journey: Journey, draws: VisitDraws): Client {
  if (journey.client === 'web') return web
  if (journey.client === 'mobile') return draws.oneOfUser(DRAW.platform, PHONES)
  return journey.client === 'server' ? draws.oneOfUser(DRAW.library, BACK_ENDS) : http
}

const PHONES = [ios, android, swift, kotlin]
const BACK_ENDS = [node, python, node, http]
