import type { SecondOfferFacts } from '../model/evidence.ts'
import type { AttemptObservation, SecondOfferObservation } from '../model/observation.ts'

const EXAMPLES = 20

/** What a 4xx ended, and what became of it when it was offered once more. */
export class SecondOfferTally {
  readonly #accepted: SecondOfferFacts['accepted']['examples'][number][] = []
  #acceptedCount = 0
  #refused = 0
  #offered = 0
  #refusedAgain = 0

  attempt(o: AttemptObservation): void {
    if (o.class === '4xx' && o.next === 'rejected') this.#refused++
  }

  /** @param index of the message that it carried, of a batch the first */
  offered({ meaning, firstStatus }: SecondOfferObservation, index: number): void {
    this.#offered++
    if (meaning === 'reject') this.#refusedAgain++
    if (meaning !== 'accept') return
    this.#acceptedCount++
    if (this.#accepted.length < EXAMPLES) this.#accepted.push({ index, firstStatus })
  }

  facts(): SecondOfferFacts {
    return {
      refused: this.#refused,
      offered: this.#offered,
      accepted: { count: this.#acceptedCount, examples: this.#accepted },
      refusedAgain: this.#refusedAgain,
    }
  }
}
