import { type MessageRange, messagesPerDelivery, type Plan } from '../../src/model/plan.ts'

/**
 * One lane's messages of a range, shared out into batches: consecutive messages of the lane, all batches full but the first and the last.
 * Where batches begin is counted from `origin`, so that what comes again comes in the batches in which it came first; and in each lane
 * somewhat earlier than in the one before, so that the lanes' batches do not all fill up at once. A batch is named by where it begins
 * on that grid, which may lie before the range.
 */
export class Batches {
  /** The lane's first message and its last one, without namespace. None: last < first. */
  readonly firstN: number
  readonly lastN: number
  /** First batch, last batch, and the distance between two. */
  readonly first: number
  readonly last: number
  readonly step: number
  readonly #lanes: number

  constructor(plan: Plan, lane: number, range: MessageRange, origin: MessageRange = range) {
    const { lanes } = plan
    const size = messagesPerDelivery(plan)
    this.firstN = firstOfLane(range.first, lane, lanes)
    this.lastN = this.firstN + Math.floor((range.first + range.count - 1 - this.firstN) / lanes) * lanes
    this.step = lanes * size
    const originN = firstOfLane(origin.first, lane, lanes)
    const gridN = originN - Math.floor(((originN - origin.first) * size) / lanes) * lanes
    const isEmpty = this.lastN < this.firstN
    this.first = isEmpty ? this.firstN : batchOf(this.firstN, gridN, this.step)
    this.last = isEmpty ? this.first - this.step : batchOf(this.lastN, gridN, this.step)
    this.#lanes = lanes
  }

  get count(): number {
    return (this.last - this.first) / this.step + 1
  }

  firstOf(batch: number): number {
    if (batch < this.firstN) return this.firstN
    return batch
  }

  lastOf(batch: number): number {
    const lastN = batch + this.step - this.#lanes
    if (lastN > this.lastN) return this.lastN
    return lastN
  }

  sizeOf(batch: number): number {
    return (this.lastOf(batch) - this.firstOf(batch)) / this.#lanes + 1
  }
}

/** The first number from `first` on that belongs to the lane. */
function firstOfLane(first: number, lane: number, lanes: number): number {
  return first + ((lane - (first % lanes) + lanes) % lanes)
}

function batchOf(n: number, gridN: number, step: number): number {
  return gridN + Math.floor((n - gridN) / step) * step
}
