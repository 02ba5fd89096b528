import type { Ways } from '../model/evidence.ts'
import type { Traffic } from '../model/message.ts'
import { indexAt } from '../model/ordinal.ts'
import type { Plan } from '../model/plan.ts'
import { atPointer } from './audit-pointer.ts'
import { SentMessage } from './audit-sent.ts'

/** Where an event says how its user is reached. */
const NAMES = ['/userId', '/traits/email', '/context/traits/email', '/properties/email']

/** How a person's messages came. */
export interface PersonWays {
  live: boolean
  replayed: boolean
}

/** The people of a run by their userIds and e-mail addresses. */
export function waysByName(plan: Plan, traffic: Traffic, { live, replayed }: Ways): ReadonlyMap<unknown, PersonWays> {
  const people = new Map<unknown, PersonWays>()
  for (let ordinal = 0; ordinal < live.size; ordinal++) {
    const ways = { live: live.has(ordinal), replayed: replayed.has(ordinal) }
    if (!ways.live && !ways.replayed) continue
    const event = new SentMessage(traffic, indexAt(plan, ordinal)).event('live')
    for (const pointer of NAMES) note(people, atPointer(event, pointer), ways)
  }
  return people
}

function note(people: Map<unknown, PersonWays>, name: unknown, ways: PersonWays): void {
  if (typeof name !== 'string') return
  const known = people.get(name)
  if (known === undefined) people.set(name, { ...ways })
  else {
    known.live ||= ways.live
    known.replayed ||= ways.replayed
  }
}
