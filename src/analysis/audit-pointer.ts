import type { Receipt } from '../model/receipt.ts'

export type Pointer = `/${string}`

/** The keys of a receipt that are pointers and carry something. */
export function pointersOf(receipt: Receipt): readonly Pointer[] {
  return Object.keys(receipt).filter((key): key is Pointer => key.startsWith('/') && receipt[key as Pointer] != null)
}

/** What a JSON Pointer (RFC 6901) names in a value; undefined where there is nothing. */
export function atPointer(value: unknown, pointer: string): unknown {
  let here = value
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined
    here = (here as Readonly<Record<string, unknown>>)[key]
  }
  return here
}

/** The pointer to a member of what `pointer` names. */
export function memberPointer(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
}
