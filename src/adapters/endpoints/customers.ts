import { createHash, timingSafeEqual } from 'node:crypto'
import { accountOf } from '../../partner/account.ts'

interface Customer {
  readonly account: string
  readonly digest: Buffer
}

/** Who may send, told by Basic authorization: the key is the user's name, the password is empty. Without keys everybody may. */
export class Customers {
  readonly #known: readonly Customer[]

  constructor(keys: readonly string[]) {
    this.#known = keys.map((key) => {
      const credentials = Buffer.from(`${key}:`)
      return { account: accountOf(`Basic ${credentials.toString('base64')}`), digest: digestOf(credentials) }
    })
  }

  /** Whether all that is stored may be read by anybody. */
  get everybody(): boolean {
    return this.#known.length === 0
  }

  /** The account of whoever introduces himself so; undefined: a stranger. Takes as long for a wrong key as for a right one. */
  accountOf(authorization: string): string | undefined {
    if (this.everybody) return accountOf(authorization)
    const [, encoded = ''] = /^basic +(\S+)$/i.exec(authorization) ?? []
    const digest = digestOf(Buffer.from(encoded, 'base64'))
    let account: string | undefined
    for (const customer of this.#known) if (timingSafeEqual(customer.digest, digest)) account = customer.account
    return account
  }
}

/** Of one length, whatever the key's. */
function digestOf(credentials: Buffer): Buffer {
  return createHash('sha256').update(credentials).digest()
}
