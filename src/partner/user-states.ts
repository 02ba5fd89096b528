import { bodyText } from './body-text.ts'
import { isObject } from './event-form.ts'
import type { StoredRecord } from './store.ts'

/** What the receiver knows of one user in the end. */
export interface UserState {
  readonly userId: string
  readonly traits: Readonly<Record<string, unknown>>
}

interface TraitValue {
  readonly value: unknown
  readonly precedence: number
  readonly messageId: string
}

/**
 * Folds identify records into users: of each trait the value with the highest precedence stays, of equal ones that of the greater
 * messageId. So the order in which the records come does not matter.
 */
export class UserStates {
  readonly #traitsByUser = new Map<string, Map<string, TraitValue>>()

  learn(record: StoredRecord, precedence: number): void {
    const { traits } = JSON.parse(bodyText(record.body)) as { traits?: unknown }
    if (record.userId === null) return
    const known = this.#traitsOf(`${record.account} ${record.userId}`)
    for (const [name, value] of Object.entries(isObject(traits) ? traits : {})) {
      const trait = { value, precedence, messageId: record.messageId }
      if (wins(trait, known.get(name))) known.set(name, trait)
    }
  }

  *pages(): Generator<readonly UserState[], void, undefined> {
    let page: UserState[] = []
    for (const [user, traits] of this.#traitsByUser) {
      page.push(stateOf(user, traits))
      if (page.length === PAGE_USERS) {
        yield page
        page = []
      }
    }
    yield page
  }

  #traitsOf(user: string): Map<string, TraitValue> {
    const known = this.#traitsByUser.get(user)
    if (known !== undefined) return known
    const traits = new Map<string, TraitValue>()
    this.#traitsByUser.set(user, traits)
    return traits
  }
}

const PAGE_USERS = 200

function stateOf(user: string, traits: ReadonlyMap<string, TraitValue>): UserState {
  const entries = [...traits].map(([name, { value }]) => [name, value])
  return { userId: user.slice(user.indexOf(' ') + 1), traits: Object.fromEntries(entries) }
}

function wins(a: TraitValue, b: TraitValue | undefined): boolean {
  if (b === undefined) return true
  return a.precedence === b.precedence ? a.messageId > b.messageId : a.precedence > b.precedence
}
