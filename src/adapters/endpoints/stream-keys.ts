import { accountOf } from '../../partner/account.ts'
import { type Region, Sources, type WriteKey } from '../../partner/stream/sources.ts'
import { readSecret } from '../secret.ts'
import { Customers } from './customers.ts'
import { PartnerError } from './partner-error.ts'

/** Where a write key stands (`env:NAME` or `file:PATH`), and the region that its source is in. */
export interface PlacedKey {
  readonly place: string
  /** The API's own unless given. */
  readonly region?: Region
}

/** A key that takes the place of the first one, so long after the first request. */
export interface RegeneratedKey {
  readonly place: string
  readonly afterMs: number
}

export interface StreamKeyOptions {
  readonly region: Region
  readonly writeKeys: readonly PlacedKey[]
  readonly regenerated?: RegeneratedKey | undefined
}

/** The write keys that the embedded API has given out: whose events they bring, and who may read what it holds. */
export class StreamKeys {
  readonly sources: Sources
  readonly #customers: Customers
  readonly #sourceCount: number

  /** @throws SecretMissing for a key that is not there, PartnerError where there is none to take the place of */
  constructor({ region, writeKeys, regenerated }: StreamKeyOptions) {
    const keys = writeKeys.map((placed): WriteKey => writeKeyOf(placed, region))
    const later = regenerated && successorOf(keys, regenerated)
    this.sources = new Sources(region, later === undefined ? keys : renewed(keys, later), sourceOf)
    const expiring = later && { key: later.key, goodForMs: Number.POSITIVE_INFINITY }
    this.#customers = new Customers(
      keys.map(({ key }) => key),
      expiring,
    )
    this.#sourceCount = new Set(keys.map(({ source }) => source)).size
  }

  /** Whose records whoever shows this key may read: of one source, or (undefined) all. Null: none, he is a stranger. */
  readableBy(key: string | undefined): string | undefined | null {
    if (this.#sourceCount < 2) return undefined
    return this.#customers.accountOf(basicOf(key ?? '')) ?? null
  }
}

/** The key in a head's `Authorization: Basic`, where a colon too few is forgiven; undefined: it shows none. */
export function keyInHead(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined
  if (authorization === lastHead) return lastKey
  const [, encoded = ''] = /^basic +(\S+)$/i.exec(authorization) ?? []
  const [key] = Buffer.from(encoded, 'base64').toString().split(':', 1)
  lastHead = authorization
  lastKey = key === '' ? undefined : key
  return lastKey
}

/** Senders show one key over and over. */
let lastHead = ''
let lastKey: string | undefined

function writeKeyOf({ place, region }: PlacedKey, own: Region): WriteKey {
  const key = readSecret('--write-key', place)
  return { key, source: sourceOf(key), region: region ?? own }
}

function successorOf([first]: readonly WriteKey[], { place, afterMs }: RegeneratedKey): WriteKey {
  if (first === undefined)
    throw new PartnerError('--regenerate-key: give the key whose place it takes, with --write-key env:NAME')
  const key = readSecret('--regenerate-key', place)
  if (key === first.key) throw new PartnerError('--regenerate-key: this is the key that the first --write-key names')
  return { ...first, key, fromMs: afterMs }
}

function renewed([first, ...others]: readonly WriteKey[], later: WriteKey): WriteKey[] {
  return [{ ...first!, untilMs: later.fromMs! }, later, ...others]
}

/** As the partner calls its customers. */
function sourceOf(key: string): string {
  return accountOf(basicOf(key))
}

function basicOf(key: string): string {
  return `Basic ${Buffer.from(`${key}:`).toString('base64')}`
}
