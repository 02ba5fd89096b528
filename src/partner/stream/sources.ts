import type { IngestCode } from './ingest-code.ts'

export type Region = 'us' | 'eu'

/** A write key that somebody was given. */
export interface WriteKey {
  readonly key: string
  /** What its source is called, to which several keys may belong; tells nothing of the key. */
  readonly source: string
  readonly region: Region
  /** From when on it is good, and until when, in milliseconds since the first request. Always unless given. */
  readonly fromMs?: number
  readonly untilMs?: number
}

/** Whose events a key brings, and what becomes of all of them. */
export interface KeyStanding {
  /** Empty: no source has this key. */
  readonly source: string
  /** Why none of them is stored; undefined: they are looked at one by one. */
  readonly refusal: IngestCode | undefined
}

/** Which sources there are, by write key. */
export class Sources {
  readonly #region: Region
  readonly #keys: ReadonlyMap<string, WriteKey>
  readonly #sourceOf: (key: string) => string

  /**
   * @param region where this API stands; a key of another region is nobody's here, and nobody says so
   * @param keys without any, each key that comes is a source of its own
   * @param sourceOf what the source of such a key is called
   */
  constructor(region: Region, keys: readonly WriteKey[], sourceOf: (key: string) => string) {
    this.#region = region
    this.#keys = new Map(keys.map((key) => [key.key, key]))
    this.#sourceOf = sourceOf
  }

  /** @param atMs since the first request */
  standingOf(key: string, atMs: number): KeyStanding {
    if (this.#keys.size === 0) return { source: this.#sourceOf(key), refusal: undefined }
    const known = this.#keys.get(key)
    if (known === undefined) return NOBODY
    const { source, region, fromMs = 0, untilMs = Number.POSITIVE_INFINITY } = known
    if (atMs < fromMs || atMs >= untilMs) return { source, refusal: 'unknown_source' }
    return { source, refusal: region === this.#region ? undefined : 'wrong-region' }
  }
}

const NOBODY: KeyStanding = { source: '', refusal: 'unknown_source' }
