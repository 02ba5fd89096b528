import type { Tally } from '../model/tally.ts'

/** How many of a kind are shown; the others are counted. */
export const EXAMPLES_MAX = 20

/** Counts things and keeps the first few. */
export class Examples<Example> {
  #count = 0
  readonly #kept: Example[] = []

  /** @param show makes the example; called only for those that are kept */
  add(show: () => Example): void {
    this.#count++
    if (this.#kept.length < EXAMPLES_MAX) this.#kept.push(show())
  }

  get count(): number {
    return this.#count
  }

  get kept(): readonly Example[] {
    return this.#kept
  }
}

/** As a tally, in order of message index. */
export function byIndex<Example extends { readonly index: number }>(examples: Examples<Example>): Tally<Example> {
  return { count: examples.count, examples: examples.kept.toSorted((a, b) => a.index - b.index) }
}
