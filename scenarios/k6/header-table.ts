/** Headers as k6 wants them, kept from one request to the next: most are the same, and a table is dear to make. */
export class HeaderTable {
  #pairs: readonly string[] = []
  #table: Record<string, string> = {}

  /** @param pairs name and value in turn. @returns a table that is good until the next call */
  of(pairs: readonly string[]): Record<string, string> {
    const before = this.#pairs
    if (pairs === before) return this.#table
    if (isLike(pairs, before)) this.#update(pairs, before)
    else this.#table = tableOf(pairs)
    this.#pairs = pairs
    return this.#table
  }

  #update(pairs: readonly string[], before: readonly string[]): void {
    for (let i = 1; i < pairs.length; i += 2) if (pairs[i] !== before[i]) this.#table[pairs[i - 1]!] = pairs[i]!
  }
}

/** The same names in the same order. */
function isLike(pairs: readonly string[], before: readonly string[]): boolean {
  if (pairs.length !== before.length) return false
  for (let i = 0; i < pairs.length; i += 2) if (pairs[i] !== before[i]) return false
  return true
}

/** What comes twice is joined. */
function tableOf(pairs: readonly string[]): Record<string, string> {
  const table: Record<string, string> = {}
  for (let i = 0; i < pairs.length; i += 2) {
    const name = pairs[i]!
    const before = table[name]
    table[name] = before === undefined ? pairs[i + 1]! : `${before}, ${pairs[i + 1]}`
  }
  return table
}
