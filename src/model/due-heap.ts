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
    return this.#dueMs[0] ?? Number.POSITIVE_INFINITY
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

  /** From `hole` upwards: parents that are later come down. */
  #place(hole: number, dueMs: number, order: number, item: T): void {
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      if (!this.#isBefore(dueMs, order, parent)) break
      this.#move(parent, hole)
      hole = parent
    }
    this.#set(hole, dueMs, order, item)
  }

  /** From the top downwards: the earlier child comes up until the item fits. */
  #settle(dueMs: number, order: number, item: T): void {
    const size = this.#items.length
    let hole = 0
    for (;;) {
      let child = 2 * hole + 1
      if (child >= size) break
      const right = child + 1
      if (right < size && this.#isBefore(this.#dueMs[right]!, this.#order[right]!, child)) child = right
      if (this.#isBefore(dueMs, order, child)) break
      this.#move(child, hole)
      hole = child
    }
    this.#set(hole, dueMs, order, item)
  }

  #isBefore(dueMs: number, order: number, at: number): boolean {
    const other = this.#dueMs[at]!
    return dueMs < other || (dueMs === other && order < this.#order[at]!)
  }

  #move(from: number, to: number): void {
    this.#set(to, this.#dueMs[from]!, this.#order[from]!, this.#items[from]!)
  }

  #set(at: number, dueMs: number, order: number, item: T): void {
    this.#dueMs[at] = dueMs
    this.#order[at] = order
    this.#items[at] = item
  }
}
