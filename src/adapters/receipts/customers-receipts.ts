import type { Receipt, ReceiptSource } from '../../model/receipt.ts'
import type { StateLine, StateSource } from '../../model/state.ts'
import { accountNames } from '../../partner/account.ts'

/** What the embedded partner keeps for several customers. */
export interface CustomersStore {
  /** One for all of them, or one for each key that shows its own customer's alone. */
  readonly sources: readonly [ReceiptSource, ...ReceiptSource[]]
  readonly names: readonly string[]
  /** In the order of the names. */
  readonly keys: readonly string[]
}

/** The receipts of several customers as one source; each record's `account` is its customer's name. */
export function customersReceipts({ sources, names, keys }: CustomersStore): ReceiptSource {
  const byAccount = accountNames(
    names,
    keys.map((key) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`),
  )
  const [{ kind, location }] = sources
  return { kind, location, read: () => readAll(sources, byAccount) }
}

/** The states of several customers as one. */
export function customersStates(sources: readonly [StateSource, ...StateSource[]]): StateSource {
  const [{ kind, location }] = sources
  return { kind, location, read: () => readStates(sources) }
}

async function* readStates(sources: readonly StateSource[]): AsyncGenerator<readonly StateLine[]> {
  for (const source of sources) yield* source.read()
}

async function* readAll(
  sources: readonly ReceiptSource[],
  names: ReadonlyMap<string, string>,
): AsyncGenerator<readonly Receipt[]> {
  for (const source of sources) {
    for await (const page of source.read()) yield page.map((receipt) => named(receipt, names))
  }
}

function named(receipt: Receipt, names: ReadonlyMap<string, string>): Receipt {
  const account = names.get(`${receipt.account}`)
  return account === undefined ? receipt : { ...receipt, account }
}
