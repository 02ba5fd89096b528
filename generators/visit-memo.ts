/** The visits that are under way, as drawn: messages that are near each other need the same ones. What is forgotten is drawn again. */
export class VisitMemo<Item> {
  private readonly numbers: Float64Array = new Float64Array(SLOTS).fill(-1)
  private readonly items: (Item | undefined)[] = new Array(SLOTS)

  /** @param number names the item: a whole number, never the same for two */
  get(number: number): Item | undefined {
    const slot = number % SLOTS
    return this.numbers[slot] === number ? this.items[slot] : undefined
  }

  set(number: number, item: Item): void {
    const slot = number % SLOTS
    this.numbers[slot] = number
    this.items[slot] = item
  }
}

const SLOTS = 1021
