import type { Observation } from '../model/observation.ts'
import type { Torn } from './block.ts'
import { type LedgerHead, LedgerUnreadable } from './ledger-head.ts'
import { headOf, observationOf } from './observation-lines.ts'
import type { LedgerRead } from './reader.ts'

const LINE_END = 0x0a
const LONG_BYTES = 64 * 1024 * 1024

/** Who is told what the lines say. */
export interface LineListener {
  /** Called once, before all observations. */
  begin(head: LedgerHead): void
  visit(observation: Observation): void
}

/**
 * Reads a file of observation lines chunk by chunk, also while it is being written. Like in a ledger, damage ends it where it stands; a last
 * line that is cut counts for nothing.
 */
export class LineReader {
  readonly #listener: LineListener
  readonly #decoder = new TextDecoder()
  /** Bytes of a line that has not ended yet. */
  #rest = new Uint8Array(0)
  /** Where in the file `#rest` begins. */
  #atByte = 0
  #head: LedgerHead | undefined
  #damage: Torn | null = null

  constructor(listener: LineListener) {
    this.#listener = listener
  }

  /** Where a line was found that is none; null so far. Nothing is read from there on. */
  get damage(): Torn | null {
    return this.#damage
  }

  /** Takes the next bytes of the file; they may be overwritten afterwards. @throws LedgerUnreadable when the first line is no head */
  read(chunk: Uint8Array): void {
    const bytes = joined(this.#rest, chunk)
    let from = 0
    for (let to = bytes.indexOf(LINE_END); to >= 0 && !this.#damage; to = bytes.indexOf(LINE_END, from)) {
      this.#take(this.#decoder.decode(bytes.subarray(from, to)))
      if (this.#damage) return
      this.#atByte += to + 1 - from
      from = to + 1
    }
    this.#rest = bytes.slice(from)
    if (this.#rest.length > LONG_BYTES) this.#damage = { atByte: this.#atByte, why: 'a line there has no end' }
  }

  /** What the file amounts to when nothing more will come. @throws LedgerUnreadable where there is not even a head */
  end(): LedgerRead {
    if (this.#head === undefined) {
      throw new LedgerUnreadable('it ends within its first line: its writer was ended before it sent anything', true)
    }
    const cut = this.#rest.length > 0 ? { atByte: this.#atByte, why: 'the file ends within a line' } : null
    return { head: this.#head, torn: this.#damage ?? cut }
  }

  #take(line: string): void {
    if (this.#head === undefined) {
      this.#head = headOf(line)
      this.#listener.begin(this.#head)
      return
    }
    const observation = observationOf(line)
    if (observation) this.#listener.visit(observation)
    else this.#damage = { atByte: this.#atByte, why: 'a line there is none that squall writes' }
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length)
  bytes.set(first)
  bytes.set(second, first.length)
  return bytes
}
