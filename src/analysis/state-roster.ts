import type { CallType, Traffic } from '../model/message.ts'
import { NAMESPACE_STRIDE } from '../model/message.ts'
import { indexAt, messageCount } from '../model/ordinal.ts'
import type { Plan } from '../model/plan.ts'

/** A user as one namespace knows them. */
export interface Whose {
  readonly namespace: number
  readonly user: number
}

const UTF8 = new TextDecoder()
const TELLING: CallType = 'identify'

/** Who the users of a run are, and which messages say what they are like. Messages are numbered without their namespace here. */
export class Roster {
  readonly namespaces: number
  /** The identifies of each user that has any, in order of event time. */
  readonly identifies: ReadonlyMap<number, readonly number[]>
  readonly #plan: Plan
  readonly #traffic: Traffic
  readonly #whose: ReadonlyMap<string, Whose>

  constructor(plan: Plan, traffic: Traffic) {
    this.#plan = plan
    this.#traffic = traffic
    this.namespaces = plan.traffic.namespaces
    this.identifies = this.#identifiesByUser()
    this.#whose = this.#whoseByUserId()
  }

  /** Undefined: none of this run's users that identifies tell of. */
  whose(userId: string): Whose | undefined {
    return this.#whose.get(userId)
  }

  userIdOf({ namespace, user }: Whose): string {
    return this.#event(namespace, this.identifies.get(user)![0]!).userId
  }

  /** The traits that message `n` sets, as sent in the namespace. */
  traitsOf(namespace: number, n: number): Readonly<Record<string, unknown>> {
    return this.#event(namespace, n).traits
  }

  indexOf(namespace: number, n: number): number {
    return namespace * NAMESPACE_STRIDE + n
  }

  timestampMsOf(n: number): number {
    return this.#traffic.timestampMsAt(n)
  }

  #event(namespace: number, n: number): Identify {
    return JSON.parse(UTF8.decode(this.#traffic.lentAt(this.indexOf(namespace, n), 'live').bytes)) as Identify
  }

  #identifiesByUser(): Map<number, number[]> {
    const byUser = new Map<number, number[]>()
    const count = messageCount(this.#plan) / this.namespaces
    for (let ordinal = 0; ordinal < count; ordinal++) {
      const n = indexAt(this.#plan, ordinal)
      if (this.#traffic.typeAt(n) !== TELLING) continue
      const user = this.#traffic.userAt(n)
      const known = byUser.get(user)
      if (known === undefined) byUser.set(user, [n])
      else known.push(n)
    }
    for (const ns of byUser.values()) ns.sort((a, b) => this.timestampMsOf(a) - this.timestampMsOf(b))
    return byUser
  }

  #whoseByUserId(): Map<string, Whose> {
    const whose = new Map<string, Whose>()
    for (const user of this.identifies.keys()) {
      for (let namespace = 0; namespace < this.namespaces; namespace++) {
        whose.set(this.userIdOf({ namespace, user }), { namespace, user })
      }
    }
    return whose
  }
}

interface Identify {
  readonly userId: string
  readonly traits: Readonly<Record<string, unknown>>
}
