/** A binary heap of things that are due: the earliest first; of equals, the one that was put in first. */
export class DueHeap<T> {
  readonly #dueMs: number[] = []
  readonly #order: number[] = []
  readonly #items: T[] = []
  #puts = 0

  get size(): number {
    return this.#items.length
  }

  /** Due moment of the earliest; Infinity when empty. */
  peekDueMs(): number {
    return this.#items.length === 0 ? Number.POSITIVE_INFINITY : this.#dueMs[0]!
  }

  peek(): T | undefined {
    return this.#items[0]
  }

  push(dueMs: number, item: T): void {
    this.#place(this.#items.length, dueMs, this.#puts++, item)
  }

  /** @throws RangeError when empty */
  pop(): T {
    const top = this.#items[0]
    if (top === undefined) throw new RangeError('nothing is due')
    const dueMs = this.#dueMs.pop()!
    const order = this.#order.pop()!
    const item = this.#items.pop()!
    if (this.#items.length > 0) this.#settle(dueMs, order, item)
    return top
  }

  /** Gives the earliest another due moment and sets it back in its place among the others. */
  replaceTop(dueMs: number, item: T): void {
    this.#settle(dueMs, this.#puts++, item)
  }

  *[Symbol.iterator](): Iterator<T> {
    yield* this.#items
  }

  /** From `from` upwards: parents that are later come down. */
  #place(from: number, dueMs: number, order: number, item: T): void {
    const duesMs = this.#dueMs
    const orders = this.#order
    const items = this.#items
    let hole = from
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      const otherMs = duesMs[parent]!
      const isBefore = dueMs < otherMs || (dueMs === otherMs && order < orders[parent]!)
      if (!isBefore) break
      duesMs[hole] = otherMs
      orders[hole] = orders[parent]!
      items[hole] = items[parent]!
      hole = parent
    }
    duesMs[hole] = dueMs
    orders[hole] = order
    items[hole] = item
  }

  /** From the top downwards: the earlier child comes up until the item fits. */
  #settle(dueMs: number, order: number, item: T): void {
    const duesMs = this.#dueMs
    const orders = this.#order
    const items = this.#items
    const size = items.length
    let hole = 0
    for (;;) {
      let child = 2 * hole + 1
      if (child >= size) break
      let childMs = duesMs[child]!
      const right = child + 1
      if (right < size) {
        const rightMs = duesMs[right]!
        if (rightMs < childMs || (rightMs === childMs && orders[right]! < orders[child]!)) {
          child = right
          childMs = rightMs
        }
      }
      if (dueMs < childMs || (dueMs === childMs && order < orders[child]!)) break
      duesMs[hole] = childMs
      orders[hole] = orders[child]!
      items[hole] = items[child]!
      hole = child
    }
    duesMs[hole] = dueMs
    orders[hole] = order
    items[hole] = item
  }
}
