import type { PhaseEnds } from '../model/evidence.ts'
import type { AttemptObservation } from '../model/observation.ts'
import type { EndedDelivery } from './delivery-records.ts'

const EXAMPLES = 20
/** Fewer say little about a trouble that may pass. */
const TRIES_MIN = 3

type Example = PhaseEnds['accepted']['examples'][number]

/** How the deliveries of one phase ended, and by which statuses. */
export class PhaseEndsTally {
  readonly #accepted = new Examples()
  readonly #rejected = new Examples()
  readonly #broken = new Examples()
  readonly #statuses = new Map<number, number>()
  #sent = 0
  #undecided = 0
  #attempts = 0
  #serverErrors = 0
  #unanswered = 0

  attempt(o: AttemptObservation): void {
    if (o.class === 'local') return
    this.#attempts++
    if (o.class === '5xx') this.#serverErrors++
    if (o.status === 0) this.#unanswered++
  }

  ended({ delivery: { index }, end, lastStatus: status, attempts }: EndedDelivery): void {
    if (end === 'notSent') return
    this.#sent++
    if (end === 'acked') this.#accepted.add({ index, status })
    else if (end === 'rejected') this.#reject({ index, status })
    else if (attempts >= TRIES_MIN && (status === 0 || status >= 500)) this.#broken.add({ index, status })
    else this.#undecided++
  }

  facts(): PhaseEnds {
    return {
      sent: this.#sent,
      accepted: this.#accepted.tally(),
      rejected: this.#rejected.tally(),
      rejectedBy: Object.fromEntries([...this.#statuses].sort(([a], [b]) => a - b)),
      broken: this.#broken.tally(),
      undecided: this.#undecided,
      attempts: this.#attempts,
      serverErrors: this.#serverErrors,
      unanswered: this.#unanswered,
    }
  }

  /** Of each status the first few are kept. */
  #reject(example: Example): void {
    const met = this.#statuses.get(example.status) ?? 0
    this.#statuses.set(example.status, met + 1)
    this.#rejected.add(example, met < EXAMPLES)
  }
}

class Examples {
  readonly #kept: Example[] = []
  #count = 0

  add(example: Example, keep: boolean = this.#count < EXAMPLES): void {
    this.#count++
    if (keep) this.#kept.push(example)
  }

  tally(): PhaseEnds['accepted'] {
    return { count: this.#count, examples: this.#kept }
  }
}
