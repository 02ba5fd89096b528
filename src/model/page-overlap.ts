/** Pages of receipts may overlap: what stands alike on two neighbouring ones is one record. */
export class PageOverlap {
  #before: ReadonlySet<string> = new Set()

  /** What of the next page was not on the one before. @param textOf all that is told of a record */
  fresh<T>(page: readonly T[], textOf: (record: T) => string): readonly T[] {
    const texts = page.map(textOf)
    const fresh = page.filter((_, i) => !this.#before.has(texts[i]!))
    this.#before = new Set(texts)
    return fresh
  }
}
