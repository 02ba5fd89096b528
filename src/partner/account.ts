import { textDigest } from './text-digest.ts'

/** The customer behind an `Authorization` header. A digest: the key itself never reaches the store. */
export function accountOf(authorization: string): string {
  return authorization === '' ? '' : textDigest(authorization)
}
