import type { Receipt } from '../../src/model/receipt.ts'
import type { Answer } from '../../src/partner/answer.ts'
import { parseFault } from '../../src/partner/faults/parse-fault.ts'
import { MemoryStore } from '../../src/partner/memory-store.ts'
import { Partner } from '../../src/partner/partner.ts'
import { requestOf } from './partner-traffic.ts'

/** When its clock begins. */
export const START_MS: number = Date.UTC(2026, 0, 1)

/** Moments are milliseconds since then. */
export interface BrokenReceiver {
  readonly partner: Partner
  receive(event: unknown, atMs?: number): Answer
  /** What its receipts show. */
  stored(atMs?: number): Receipt[]
  /** Does what it put off until this moment. */
  passUntil(untilMs: number): void
}

/** A receiver with faults, whose `later` waits until it is asked for. */
export function broken(...faults: string[]): BrokenReceiver {
  const tasks: { readonly atMs: number; readonly task: () => void }[] = []
  let nowMs = 0
  const partner = new Partner({
    store: new MemoryStore(),
    faults: faults.map(parseFault),
    seed: 3,
    later: (delayMs, task) => tasks.push({ atMs: nowMs + delayMs, task }),
  })
  return {
    partner,
    receive: (event, atMs = 0) => partner.receive(requestOf(event, { receivedAtMs: START_MS + atMs })),
    stored: (atMs = 0) => [...partner.receipts(START_MS + atMs)].flat(),
    passUntil: (untilMs) => {
      while (tasks.length > 0 && tasks[0]!.atMs <= untilMs) {
        const { atMs, task } = tasks.shift()!
        nowMs = atMs
        task()
      }
    },
  }
}
