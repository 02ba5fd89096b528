import type { ByteWriter } from '../byte-writer.ts'
import { DRAW } from '../draws.ts'
import type { Place, Step } from '../journeys/journey.ts'
import type { Page } from '../page.ts'
import { fragmentOf } from '../utf8.ts'
import type { Visit } from '../visit/visit.ts'
import type { Client } from './client.ts'

/** analytics.js in a browser. */
export const web: Client = {
  source: 'web',
  messageIds: 'ajs-next',
  flushMaxMs: 40,
  unknownUser: 'null',
  sessions: true,
  upperCase: false,
  isMobile: false,
  isBackEnd: false,
  hasEmptyContext: false,
  writeOpening(writer, visit) {
    writer.put(METADATA)
    visit.visitor.writeAnonymousId(writer)
    writer.put(CHANNEL)
    writer.ascii(visit.draws.oneOfUser(DRAW.address, visit.pools.ips))
    writer.put(visit.draws.oneOfUser(DRAW.library, LIBRARIES))
    writer.put(LOCALE)
    writer.ascii(visit.visitor.person.locale)
    writer.put(TIMEZONE)
    writer.ascii(visit.visitor.person.timezone)
    writer.put(QUOTE_COMMA)
    writer.put(visit.visitor.browser)
  },
  writeKnown() {},
  writeStep(writer, visit, step) {
    if (step.from === undefined) writer.put(visit.way.campaign)
    writer.put(PAGE)
    writePage(writer, visit, step)
    writer.put(CLOSING)
  },
}

/** The page's description: path, referrer, search, title, url. */
export function writePage(writer: ByteWriter, visit: Visit, step: Step): void {
  const page = pageAt(visit, step.place)
  const before = step.from && pageAt(visit, step.from)
  if (before !== undefined && step.place !== 'search') writer.put(page.after(before))
  else writeFound(writer, visit, page, before)
}

/** The page on which the visit begins, as a campaign may have led to it, or that of what was searched for. */
function writeFound(writer: ByteWriter, { way }: Visit, page: Page, before: Page | undefined): void {
  const search = before === undefined ? way.landingSearch : way.querySearch
  writer.put(page.path)
  writer.put(before?.url ?? way.referrer)
  writer.put(SEARCH)
  writer.put(search)
  writer.put(page.titleAndUrl)
  writer.put(search)
  writer.put(QUOTE)
}

function pageAt({ pools, purchase }: Visit, place: Place): Page {
  if (place === 'category') return purchase.category.page
  if (place === 'product') return purchase.shelf[0]!.product.page
  if (place === 'other') return purchase.shelf[1]!.product.page
  return pools.pages[place]
}

const METADATA = fragmentOf('{"_metadata":{"bundled":["Segment.io"],"unbundled":[]},"anonymousId":"')
const CHANNEL = fragmentOf('","channel":"client","context":{"ip":"')
const LIBRARIES = ['next-1.84.1', 'npm:next-1.84.1', 'next-1.81.0'].map((version) =>
  fragmentOf(`","library":{"name":"analytics.js","version":"${version}"}`),
)
const LOCALE = fragmentOf(',"locale":"')
const TIMEZONE = fragmentOf('","timezone":"')
const QUOTE_COMMA = fragmentOf('",')
const PAGE = fragmentOf(',"page":{')
const SEARCH = fragmentOf('","search":"')
const QUOTE = fragmentOf('"')
const CLOSING = fragmentOf('}')
