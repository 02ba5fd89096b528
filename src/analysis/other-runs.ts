import type { OtherRuns } from '../model/other-runs.ts'
import type { Receipt } from '../model/receipt.ts'
import { atPointer } from './audit-pointer.ts'
import { utf8Text } from './utf8-text.ts'

/** In every userId of a run. */
const MARK = /\bsq_([a-z0-9][a-z0-9-]*)_/
const SHOWN_MAX = 5

/** Looks whether a store without a message of the run is another's: whether it holds records of other runs, and of none that went to the same receiver. */
export class OtherRunsTally {
  readonly #before: readonly string[]
  readonly #runs = new Set<string>()
  #records = 0
  #isRightStore = false

  /** @param before runs that the same receiver took earlier */
  constructor(before: readonly string[]) {
    this.#before = before
  }

  /** A record that is not the run's. */
  take(receipt: Receipt): void {
    if (this.#isRightStore) return
    const run = runOf(receipt)
    if (run === undefined) return
    this.#records++
    this.#isRightStore = this.#before.includes(run)
    if (this.#runs.size < SHOWN_MAX) this.#runs.add(run)
  }

  /** @returns undefined: nothing speaks against the store */
  findings(): OtherRuns | undefined {
    return this.#isRightStore || this.#records === 0 ? undefined : { records: this.#records, runs: [...this.#runs] }
  }
}

function runOf({ userId, '/userId': pointed, '/context/squall/run': run, body }: Receipt): string | undefined {
  if (typeof run === 'string') return run
  for (const text of [userId, pointed, textOf(body)]) {
    const id = typeof text === 'string' ? MARK.exec(text)?.[1] : undefined
    if (id !== undefined) return id
  }
  return undefined
}

function textOf(body: unknown): unknown {
  if (body instanceof Uint8Array) return utf8Text(body)
  return typeof body === 'string' ? body : atPointer(body, '/userId')
}
