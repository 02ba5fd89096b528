import { readSecret } from '../adapters/secret.ts'
import { readTlsMaterial, type TlsMaterial, type TlsPaths } from '../adapters/tls-material.ts'

/** With what a store is read over HTTP. */
export interface ReceiptAccess {
  readonly key?: string
  readonly tls: TlsMaterial
}

/** Fetches what flags or scenario name. @throws SecretMissing, TlsFileInvalid */
export function receiptAccess(places: TlsPaths & { readonly receiptsKey?: string | undefined }): ReceiptAccess {
  const { receiptsKey } = places
  return {
    ...(receiptsKey !== undefined && { key: readSecret('--receipts-key', receiptsKey) }),
    tls: readTlsMaterial(places),
  }
}
