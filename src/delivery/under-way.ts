import type { Life } from './life.ts'

/** So many ended lives at the front are worth moving the rest for. */
const COMPACT_AT = 1024

/** Lives in order of dispatch, so in order of deadline; those whose attempt has ended are passed over. */
export class UnderWay {
  readonly #lives: (Life | undefined)[] = []
  #first = 0

  push(life: Life): void {
    this.#lives.push(life)
  }

  /** The one whose attempt began first, of those that have not ended. */
  oldest(): Life | undefined {
    while (this.#first < this.#lives.length) {
      const life = this.#lives[this.#first]
      if (life?.attempt !== undefined) return life
      this.#lives[this.#first++] = undefined
      if (this.#first === COMPACT_AT) this.#compact()
    }
    return undefined
  }

  /** Ends all attempts; their outcomes are nobody's business any more. */
  abort(): void {
    for (const life of this.#lives) life?.attempt?.abort()
  }

  #compact(): void {
    this.#lives.splice(0, this.#first)
    this.#first = 0
  }
}
