/** What was made lately, by number: who needs one mostly needs it again soon. What is forgotten is made again. */
export class Memo<Item> {
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
