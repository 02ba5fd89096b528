import type { TemplatePlan } from '../../src/model/template.ts'
import type { Call, Members, Write } from '../calls/call.ts'
import { writeOf } from '../calls/write-of.ts'
import { writePage } from '../clients/web.ts'
import type { Corpus } from '../corpus.ts'
import { appJourney, type Journey, webJourney } from '../journeys/journey.ts'
import { membersFrom } from './values.ts'

/** Journeys of one step, the author's own events, each as often as its weight says. */
export function ownJourneys(templates: readonly TemplatePlan[], corpus: Corpus): Journey[] {
  return templates.flatMap((template, place) => {
    const journey = ownJourney(template, place, corpus)
    return Array.from({ length: template.weight }, () => journey)
  })
}

function ownJourney(template: TemplatePlan, place: number, corpus: Corpus): Journey {
  const call = callOf(template, membersFrom(template.members, corpus, `template ${place}`))
  const isKnown = template.user === 'known'
  const traits = { known: isKnown, returns: isKnown }
  return template.client === 'web' ? webJourney(traits, [['home', call]]) : appJourney(template.client, traits, [call])
}

function callOf({ type, name, client }: TemplatePlan, members: Members): Call {
  if (type === 'group') return groupCall(members)
  const isWebPage = type === 'page' && client === 'web'
  const page = isWebPage ? [',', writePage] : []
  const saysMore = (type === 'page' || type === 'screen') && members.length > 0
  const opening = OPENINGS[type](JSON.stringify(name))
  return { type, write: writeOf([opening, ...page, saysMore ? ',' : '', ...members, '}']) }
}

function groupCall(members: Members): Call {
  const writeId: Write = (writer, visit) => visit.visitor.writeGroupId(writer)
  return { type: 'group', write: writeOf(['},"groupId":"', writeId, '","traits":{', ...members, '}']) }
}

/** What comes after `context`, which the first brace closes. The name of a page or screen comes again in its properties. */
const OPENINGS = {
  track: (name: string) => `},"event":${name},"properties":{`,
  identify: () => '},"traits":{',
  page: (name: string) => `},"name":${name},"category":null,"properties":{"name":${name},"category":null`,
  screen: (name: string) => `},"name":${name},"properties":{"name":${name}`,
} as const
