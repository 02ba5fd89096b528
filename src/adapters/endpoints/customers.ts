import { createHash, timingSafeEqual } from 'node:crypto'
import { accountOf } from '../../partner/account.ts'
import { type Key, Keyring } from '../../partner/keyring.ts'

interface Customer {
  readonly account: string
  readonly digest: Buffer
}

/** A key that stops being good. */
export interface ExpiringKey {
  readonly key: string
  /** After the receiver's first request. */
  readonly goodForMs: number
}

/** Who may send, told by Basic authorization: the key is the user's name, the password is empty. Without keys everybody may. */
export class Customers {
  readonly #known: readonly Customer[]
  /** Undefined: everybody may send. */
  readonly keyring: Keyring | undefined

  /** @param expiring another key of the first customer */
  constructor(keys: readonly string[], expiring?: ExpiringKey) {
    const customers = keys.map(customerOf)
    const passing = expiring && customerOf(expiring.key)
    this.#known = passing ? [...customers, passing] : customers
    this.keyring = this.everybody ? undefined : new Keyring([...customers, ...expiringOf(passing, expiring, customers)])
  }

  /** Whether all that is stored may be read by anybody. */
  get everybody(): boolean {
    return this.#known.length === 0
  }

  /** The account of whoever introduces himself so; undefined: a stranger. Takes as long for a wrong key as for a right one. */
  accountOf(authorization: string): string | undefined {
    if (this.everybody) return accountOf(authorization)
    const account = this.#keyIn(authorization)
    return account && this.keyring?.customerOf(account)
  }

  /** What the receiver calls the key that is shown, whosever it is. */
  keyOf(authorization: string): string {
    return (this.everybody ? undefined : this.#keyIn(authorization)) ?? accountOf(authorization)
  }

  #keyIn(authorization: string): string | undefined {
    const [, encoded = ''] = /^basic +(\S+)$/i.exec(authorization) ?? []
    const digest = digestOf(Buffer.from(encoded, 'base64'))
    let account: string | undefined
    for (const customer of this.#known) if (timingSafeEqual(customer.digest, digest)) account = customer.account
    return account
  }
}

function customerOf(key: string): Customer {
  const credentials = Buffer.from(`${key}:`)
  return { account: accountOf(`Basic ${credentials.toString('base64')}`), digest: digestOf(credentials) }
}

function expiringOf(
  passing: Customer | undefined,
  expiring: ExpiringKey | undefined,
  [first]: readonly Customer[],
): Key[] {
  if (passing === undefined || expiring === undefined) return []
  return [{ account: passing.account, goodForMs: expiring.goodForMs, customer: (first ?? passing).account }]
}

/** Of one length, whatever the key's. */
function digestOf(credentials: Buffer): Buffer {
  return createHash('sha256').update(credentials).digest()
}
