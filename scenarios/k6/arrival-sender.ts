import exec from 'k6/execution'
import { trafficOf } from '../../generators/message.ts'
import { parseCorpus } from '../../generators/parse-corpus.ts'
import { type Credentials, requestsOf } from '../../src/delivery/profile.ts'
import type { ArrivalRun } from '../../src/model/arrival-run.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import type { OutgoingRequest } from '../../src/model/world.ts'
import { k6Digest } from './k6-digest.ts'
import { K6Transport } from './k6-transport.ts'

/** What one VU sends with. */
export class ArrivalSender {
  readonly #requestAt: (index: number) => OutgoingRequest
  readonly #transport: K6Transport
  /** Asking k6 for it anew costs ten times as much, and it is there only once the run has begun. */
  #instance: typeof exec.instance | undefined

  constructor({ plan, header }: ArrivalRun, corpusText: string, credentials: Credentials) {
    const traffic = trafficOf(parseCorpus(corpusText), plan, header)
    const requests = requestsOf(plan, credentials, k6Digest)
    const phase = plan.phases[0]!
    this.#requestAt = (index) => requests([traffic.messageAt(index, phase.envelope).bytes], phase)
    const { timeoutMs } = plan.delivery
    this.#transport = new K6Transport(header.target.url, { timeoutMs, onCancelled: () => undefined })
  }

  /** Sends one message, once. The latency counts from the dispatch, with DNS, connect and TLS. */
  async send(index: number): Promise<{ readonly outcome: Outcome; readonly latencyMs: number }> {
    const request = this.#requestAt(index)
    const startMs = this.#nowMs()
    const outcome = await new Promise<Outcome>((done) => {
      this.#transport.send(request, done)
    })
    return { outcome, latencyMs: this.#nowMs() - startMs }
  }

  #nowMs(): number {
    this.#instance ??= exec.instance
    return this.#instance.currentTestRunDuration
  }
}
