import type { KeyStanding } from './partner-request.ts'

/** A key that a receiver has given out. Keys are known by what `accountOf` makes of them. */
export interface Key {
  readonly account: string
  /** Good for so many milliseconds after the receiver's first request; for good unless given. */
  readonly goodForMs?: number
  /** Another key's customer, whose key this one is as well; its own unless given. */
  readonly customer?: string
}

/** Whose keys are whose, and until when. */
export class Keyring {
  readonly #keys: ReadonlyMap<string, Key>

  constructor(keys: readonly Key[]) {
    this.#keys = new Map(keys.map((key) => [key.account, key]))
  }

  /** The customer that a key is one of; a key that nobody was given is its own. */
  customerOf(account: string): string {
    return this.#keys.get(account)?.customer ?? account
  }

  /** @param atMs since the receiver's first request */
  standingOf(account: string, atMs: number): KeyStanding {
    const key = this.#keys.get(account)
    if (key === undefined) return 'unknown'
    return atMs < (key.goodForMs ?? Number.POSITIVE_INFINITY) ? 'good' : 'expired'
  }
}
