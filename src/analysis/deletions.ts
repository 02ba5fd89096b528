import { BitSet } from '../model/bit-set.ts'
import type { Deletion, ErasedMessages } from '../model/deletion.ts'
import { type Delivery, membersOf } from '../model/delivery.ts'
import type { AttemptObservation } from '../model/observation.ts'
import { messageCount, ordinalOf } from '../model/ordinal.ts'
import type { Plan } from '../model/plan.ts'
import type { DeletedPeople, DeletedPerson } from './deleted-people.ts'
import type { EndedDelivery } from './delivery-records.ts'

/** What became of a person's delete call, and of what happened before it. Moments in milliseconds after the run's start. */
interface Course {
  mayHaveLeft: boolean
  ackedAtMs: number
  lastSentAtMs: number
  refusedWith: number
}

/** Follows the people whom a run deletes. First all attempts are told, then each delivery with how it ended. */
export class DeletionTally {
  readonly #plan: Plan
  readonly #deleted: DeletedPeople
  readonly #courses: readonly Course[]

  /** @param before messages that were acked in a run that this one replays */
  constructor(plan: Plan, deleted: DeletedPeople, before?: BitSet) {
    this.#plan = plan
    this.#deleted = deleted
    this.#courses = deleted.people.map(({ deletes }) => {
      const isGone = before !== undefined && deletes.some((index) => before.has(ordinalOf(plan, index)))
      return {
        mayHaveLeft: isGone,
        ackedAtMs: isGone ? Number.NEGATIVE_INFINITY : Number.NaN,
        lastSentAtMs: Number.NaN,
        refusedWith: 0,
      }
    })
  }

  /** Whether all that a delivery carries is of people whom the run deletes. */
  concerns(delivery: Pick<Delivery, 'index' | 'size'>): boolean {
    return membersOf(delivery, this.#plan).every((index) => this.#deleted.placeOf(index) !== undefined)
  }

  /** Only an answer shows that the receiver has looked at it. */
  attempt(o: AttemptObservation, dispatchMs: number, outcomeMs: number): void {
    if ((o.class !== '2xx' && o.class !== '4xx') || this.#isRefused(o)) return
    for (const [course, isDelete] of this.#coursesOf(o)) {
      if (!isDelete) course.lastSentAtMs = Math.max(orLeast(course.lastSentAtMs), dispatchMs)
      else if (o.next === 'acked' && !(course.ackedAtMs <= outcomeMs)) course.ackedAtMs = outcomeMs
    }
  }

  ended({ end, delivery, lastStatus }: EndedDelivery): void {
    if (end === 'notSent' || this.#isRefused(delivery)) return
    for (const [course, isDelete] of this.#coursesOf(delivery)) {
      if (!isDelete) continue
      course.mayHaveLeft = true
      if (end === 'rejected') course.refusedWith = lastStatus
    }
  }

  /** Those whose delete may have left. */
  deletions(): Deletion[] {
    return this.#known().map(([{ messages, deletes }, { ackedAtMs, lastSentAtMs, refusedWith }]) => ({
      index: deletes.at(-1)!,
      earlier: messages.slice(0, messages.indexOf(deletes.at(-1)!)).filter((index) => !deletes.includes(index)),
      ackedAtMs,
      cameAgainAtMs: lastSentAtMs > ackedAtMs ? lastSentAtMs : Number.NaN,
      refusedWith,
    }))
  }

  erased(): ErasedMessages {
    const count = messageCount(this.#plan)
    const [all, gone, acked] = [new BitSet(count), new BitSet(count), new BitSet(count)]
    for (const [{ messages }] of this.#known()) for (const index of messages) all.add(ordinalOf(this.#plan, index))
    for (const { index, earlier, ackedAtMs } of this.deletions()) {
      if (Number.isNaN(ackedAtMs)) continue
      acked.add(ordinalOf(this.#plan, index))
      for (const before of earlier) gone.add(ordinalOf(this.#plan, before))
    }
    return { all, gone, deletes: acked }
  }

  /** A sound receiver does nothing about what it is to refuse. */
  #isRefused({ phase }: Pick<Delivery, 'phase'>): boolean {
    return this.#plan.phases[phase]?.expects === 'refused'
  }

  #known(): [DeletedPerson, Course][] {
    const both = this.#deleted.people.map((person, place): [DeletedPerson, Course] => [person, this.#courses[place]!])
    return both.filter(([, { mayHaveLeft }]) => mayHaveLeft)
  }

  *#coursesOf(delivery: Pick<Delivery, 'index' | 'size'>): Generator<[course: Course, isDelete: boolean]> {
    for (const index of membersOf(delivery, this.#plan)) {
      const place = this.#deleted.placeOf(index)
      if (place === undefined) continue
      yield [this.#courses[place]!, this.#deleted.people[place]!.deletes.includes(index)]
    }
  }
}

function orLeast(ms: number): number {
  return Number.isNaN(ms) ? Number.NEGATIVE_INFINITY : ms
}
