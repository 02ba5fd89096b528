import { textDigest } from './text-digest.ts'

/** The customer behind an `Authorization` header. A digest: the key itself never reaches the store. */
export function accountOf(authorization: string): string {
  return authorization === '' ? '' : textDigest(authorization)
}

/** What customers are called, by their accounts. @param authorizations in the order of the names */
export function accountNames(names: readonly string[], authorizations: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name, i) => [accountOf(authorizations[i]!), name]))
}
