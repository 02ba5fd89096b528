import { readSecret } from '../adapters/secret.ts'
import { readTlsMaterial, type TlsMaterial, type TlsPaths } from '../adapters/tls-material.ts'
import type { Expectation } from '../model/expectation.ts'

/** With what a store is read over HTTP. */
export interface ReceiptAccess {
  readonly key?: string
  /** Fields of the store's own that the run asks for. */
  readonly fields?: readonly string[]
  readonly tls: TlsMaterial
}

/** Fetches what flags or scenario name. @throws SecretMissing, TlsFileInvalid */
export function receiptAccess(
  places: TlsPaths & { readonly receiptsKey?: string | undefined },
  expectations?: readonly Expectation[],
): ReceiptAccess {
  const { receiptsKey } = places
  return {
    ...(receiptsKey !== undefined && { key: readSecret('--receipts-key', receiptsKey) }),
    tls: readTlsMaterial(places),
    fields: fieldsOf(expectations),
  }
}

/** What a run's expectations name, in receipts or state. */
export function fieldsOf(expectations: readonly Expectation[] = []): string[] {
  return expectations.map(({ field }) => field)
}
