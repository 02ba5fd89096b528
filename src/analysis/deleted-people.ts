import type { Traffic } from '../model/message.ts'
import { NAMESPACE_STRIDE } from '../model/message.ts'
import { mayDelete } from '../model/mix.ts'
import { indexAt, messageCount, ordinalOf } from '../model/ordinal.ts'
import type { Plan } from '../model/plan.ts'

/** Somebody whose delete call is among a plan's messages, in one namespace. */
export interface DeletedPerson {
  /** Indices of their messages, in order of event time. */
  readonly messages: readonly number[]
  /** Those of them that are delete calls. */
  readonly deletes: readonly number[]
}

/** Whom a plan's messages delete. */
export interface DeletedPeople {
  readonly people: readonly DeletedPerson[]
  /** Place in `people` of whoever the message with this index belongs to; undefined: somebody who stays. */
  placeOf(index: number): number | undefined
}

/** Undefined: the plan's mix deletes nobody. */
export function deletedPeopleOf(plan: Plan, traffic: Traffic): DeletedPeople | undefined {
  if (!mayDelete(plan.traffic.mix)) return undefined
  const people = [...messagesByPerson(plan, traffic).values()].map((messages) => personOf(messages, traffic))
  const places = new Map<number, number>()
  people.forEach(({ messages }, place) => {
    for (const index of messages) places.set(ordinalOf(plan, index), place)
  })
  return { people, placeOf: (index) => places.get(ordinalOf(plan, index)) }
}

/** Messages of whoever has a delete call, by a name of their own in their namespace. */
function messagesByPerson(plan: Plan, traffic: Traffic): Map<string, number[]> {
  const byPerson = new Map<string, number[]>()
  for (const index of indicesOf(plan)) {
    if (traffic.typeAt(index) === 'delete') byPerson.set(nameOf(index, traffic), [])
  }
  for (const index of indicesOf(plan)) byPerson.get(nameOf(index, traffic))?.push(index)
  return byPerson
}

function nameOf(index: number, traffic: Traffic): string {
  return `${Math.floor(index / NAMESPACE_STRIDE)} ${traffic.userAt(index)}`
}

function* indicesOf(plan: Plan): Generator<number> {
  const count = messageCount(plan)
  for (let ordinal = 0; ordinal < count; ordinal++) yield indexAt(plan, ordinal)
}

function personOf(messages: readonly number[], traffic: Traffic): DeletedPerson {
  const inOrder = messages.toSorted((a, b) => traffic.timestampMsAt(a) - traffic.timestampMsAt(b))
  return { messages: inOrder, deletes: inOrder.filter((index) => traffic.typeAt(index) === 'delete') }
}
