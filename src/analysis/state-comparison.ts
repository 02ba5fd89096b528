import type { StateDifference, StateEvent, StateRule } from '../model/state.ts'
import { shownValue } from './audit-shown.ts'
import type { Arrivals } from './state-arrivals.ts'
import { FOREIGN, isSame, NOTHING, type Origins } from './state-origins.ts'
import type { StateReading } from './state-reading.ts'
import type { Roster } from './state-roster.ts'

/** Holds what the state says of a user in each namespace against the others, or against the events' own order. */
export class StateComparison {
  readonly #roster: Roster
  readonly #arrivals: Arrivals
  readonly #rule: StateRule
  readonly #kept: ReadonlySet<string>

  constructor(roster: Roster, arrivals: Arrivals, rule: StateRule, { kept }: Pick<StateReading, 'kept'>) {
    this.#roster = roster
    this.#arrivals = arrivals
    this.#rule = rule
    this.#kept = kept
  }

  /** The first difference that shows; undefined: none. */
  differenceOf(user: number, states: readonly (Origins | undefined)[]): StateDifference | undefined {
    const absent = states.indexOf(undefined)
    if (absent >= 0) return this.#absent(user, absent)
    const known = states as readonly Origins[]
    return (
      this.#foreign(user, known) ?? (this.#rule === 'orders' ? this.#ofOrders(user, known) : this.#ofFold(user, known))
    )
  }

  /** Whether the user's events came in an order that a receiver which goes by it would show. */
  isReordered(user: number): boolean {
    const ns = this.#roster.identifies.get(user)!
    const lasts = Array.from({ length: this.#roster.namespaces }, (_, namespace) =>
      this.#arrivals.lastOf(namespace, ns),
    )
    if (lasts.includes(undefined)) return false
    const expected = this.#rule === 'orders' ? lasts[0] : ns.at(-1)
    return lasts.some((last) => last !== expected)
  }

  #absent(user: number, namespace: number): StateDifference {
    const userId = this.#roster.userIdOf({ namespace, user })
    const events = [this.#eventOf(this.#roster.identifies.get(user)!.at(-1)!, '', [namespace])]
    return { why: 'absent', trait: '', held: [{ namespace, userId, value: 'nothing' }], events }
  }

  #foreign(user: number, states: readonly Origins[]): StateDifference | undefined {
    for (const [namespace, { byTrait, foreign }] of states.entries()) {
      for (const [trait, origin] of byTrait) {
        if (origin !== FOREIGN) continue
        const userId = this.#roster.userIdOf({ namespace, user })
        const events = [this.#eventOf(this.#settingOf(user, trait).at(-1)!, trait, [namespace])]
        return { why: 'foreign', trait, held: [{ namespace, userId, value: foreign }], events }
      }
    }
    return undefined
  }

  #ofOrders(user: number, states: readonly Origins[]): StateDifference | undefined {
    const [first, ...others] = states
    for (const [trait, origin] of first!.byTrait) {
      const namespace = 1 + others.findIndex(({ byTrait }) => byTrait.get(trait) !== origin)
      if (namespace === 0) continue
      const holders = [
        { namespace: 0, origin },
        { namespace, origin: states[namespace]!.byTrait.get(trait)! },
      ]
      return this.#shown('orders', user, trait, holders, [])
    }
    return undefined
  }

  #ofFold(user: number, states: readonly Origins[]): StateDifference | undefined {
    for (const trait of states[0]!.byTrait.keys()) {
      if (!this.#kept.has(trait)) continue
      const due = this.#dueOf(user, trait)
      const namespace = states.findIndex(({ byTrait }) => !due.origins.includes(byTrait.get(trait)!))
      if (namespace < 0) continue
      return this.#shown(
        'event-time',
        user,
        trait,
        [{ namespace, origin: states[namespace]!.byTrait.get(trait)! }],
        [due.last],
      )
    }
    return undefined
  }

  #settingOf(user: number, trait: string): readonly number[] {
    return this.#roster.identifies.get(user)!.filter((n) => Object.hasOwn(this.#roster.traitsOf(0, n), trait))
  }

  /** The event that set a trait last, and the origins that its value may have. Some stores take null for no news. */
  #dueOf(user: number, trait: string): { last: number; origins: readonly number[] } {
    const setting = this.#settingOf(user, trait)
    const valueAt = (n: number): unknown => this.#roster.traitsOf(0, n)[trait]
    const originOf = (n: number): number => setting.find((other) => isSame(valueAt(other), valueAt(n)))!
    const last = setting.at(-1)!
    const told = setting.findLast((n) => valueAt(n) !== null)
    return { last, origins: [originOf(last), ...(told === undefined ? [] : [originOf(told)])] }
  }

  /** @param more events that belong to it although nobody holds their value */
  #shown(
    why: StateRule,
    user: number,
    trait: string,
    holders: readonly { readonly namespace: number; readonly origin: number }[],
    more: readonly number[],
  ): StateDifference {
    const namespaces = holders.map(({ namespace }) => namespace)
    const carriers = holders.flatMap(({ namespace, origin }) => this.#carrierOf(user, trait, namespace, origin))
    const ns = [...new Set([...carriers, ...more])]
    ns.sort((a, b) => this.#roster.timestampMsOf(a) - this.#roster.timestampMsOf(b))
    const held = holders.map(({ namespace, origin }) => ({
      namespace,
      userId: this.#roster.userIdOf({ namespace, user }),
      value: origin === NOTHING ? 'nothing' : shownValue(this.#roster.traitsOf(namespace, origin)[trait]),
    }))
    return { why, trait, held, events: ns.map((n) => this.#eventOf(n, trait, namespaces)) }
  }

  /** Of the events with this value the one that came last: it is the one that the receiver would have it from. */
  #carrierOf(user: number, trait: string, namespace: number, origin: number): number[] {
    if (origin === NOTHING) return []
    const valueAt = (n: number): unknown => this.#roster.traitsOf(namespace, n)[trait]
    const able = this.#roster.identifies.get(user)!.filter((n) => isSame(valueAt(n), valueAt(origin)))
    return [this.#arrivals.lastOf(namespace, able) ?? origin]
  }

  #eventOf(n: number, trait: string, namespaces: readonly number[]): StateEvent {
    const traits = this.#roster.traitsOf(namespaces[0]!, n)
    const moments = namespaces.map((namespace) => this.#arrivals.ackedAtMs(namespace, n))
    return {
      indices: namespaces.map((namespace) => this.#roster.indexOf(namespace, n)),
      timestamp: new Date(this.#roster.timestampMsOf(n)).toISOString(),
      value: shownValue(trait === '' ? traits : traits[trait]),
      ackedAtMs: moments.map((atMs) => (Number.isNaN(atMs) ? null : Math.round(atMs))),
    }
  }
}
