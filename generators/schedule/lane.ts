import type { Delivery, LaneCursor } from '../../src/model/delivery.ts'
import { DueHeap } from '../../src/model/due-heap.ts'
import type { Plan } from '../../src/model/plan.ts'
import { type PendingDelivery, Stream } from './stream.ts'
import { stretchesOf } from './stretch.ts'

/**
 * A lane's deliveries in order of due moment, from its beginning. A lane owns the messages whose number without namespace leaves
 * `lane` when divided by `plan.lanes`, with all their copies, phases and namespaces. Memory is bounded by what the lane has under way within
 * a shuffle window or a duplicate's lag.
 *
 * @throws RangeError when the plan has no such lane
 */
export function laneOf(plan: Plan, lane: number): LaneCursor {
  return new MergedLane(streamsOf(plan, lane))
}

/** The lane's part of every stretch of the plan. */
export function streamsOf(plan: Plan, lane: number): Stream[] {
  if (!Number.isInteger(lane) || lane < 0 || lane >= plan.lanes) {
    throw new RangeError(`no lane ${lane} in a plan of ${plan.lanes}`)
  }
  return stretchesOf(plan).map((stretch) => new Stream(plan, stretch, lane))
}

/**
 * Merges streams: a batch's deliveries enter the heap when their floor comes, and leave it when nothing can come before them. Of
 * equal moments the one that entered first is first, so no order is chance.
 */
class MergedLane implements LaneCursor {
  readonly #heads: Head[]
  readonly #displaced = new DueHeap<PendingDelivery>()
  readonly #take = (delivery: PendingDelivery): void => this.#displaced.push(delivery.dueMs, delivery)
  /** The stream that may have the earliest delivery; undefined when all are at their end. */
  #lowest: Head | undefined
  #seq = 0

  constructor(streams: readonly Stream[]) {
    this.#heads = streams.map((stream) => ({
      stream,
      batch: stream.batches.first,
      floorMs: stream.floorMs(stream.batches.first),
    }))
    this.#lowest = lowestOf(this.#heads)
    this.#fill()
  }

  peekDueMs(): number {
    return this.#displaced.peekDueMs()
  }

  next(): Delivery {
    const delivery = this.#displaced.pop()
    delivery.seq = this.#seq++
    this.#fill()
    return delivery
  }

  #fill(): void {
    for (let head = this.#lowest; head && head.floorMs <= this.#displaced.peekDueMs(); head = this.#lowest) {
      const { stream } = head
      stream.visit(head.batch, this.#take)
      head.batch += stream.batches.step
      head.floorMs = stream.floorMs(head.batch)
      this.#lowest = lowestOf(this.#heads)
    }
  }
}

function lowestOf(heads: readonly Head[]): Head | undefined {
  let lowest: Head | undefined
  let lowestMs = Infinity
  for (let i = 0; i < heads.length; i++) {
    const head = heads[i]!
    if (head.floorMs >= lowestMs) continue
    lowest = head
    lowestMs = head.floorMs
  }
  return lowest
}

interface Head {
  readonly stream: Stream
  batch: number
  floorMs: number
}
