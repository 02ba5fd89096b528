import type { Outcome } from '../../src/model/outcome.ts'
import type { Receipt } from '../../src/model/receipt.ts'
import { simulatedTransport } from '../../src/simulation/network.ts'
import { SimulatedPartner } from '../../src/simulation/simulated-partner.ts'
import { VirtualClock } from '../../src/simulation/virtual-clock.ts'
import { type DueCopy, revealingTraffic } from './partner-traffic.ts'

/** What showed of a receiver, as the ids of the verdicts that it breaks. A rough audit of its own, independent of the real one. */
export async function symptomsOf(faults: readonly string[], crashAtMs?: number): Promise<Set<string>> {
  const clock = new VirtualClock()
  const partner = new SimulatedPartner({ clock, seed: 7, faults, ...(crashAtMs !== undefined && { crashAtMs }) })
  const transport = simulatedTransport({ clock, partner, seed: 7 })
  const copies = revealingTraffic(clock.wallMs())
  const ended = new Map<DueCopy, Outcome>()

  const attempt = (copy: DueCopy, triesLeft: number): void => {
    const body = new TextEncoder().encode(JSON.stringify(copy.event))
    const settle = (outcome: Outcome): void => {
      deadline.cancel()
      ended.set(copy, outcome)
      if (triesLeft > 0 && retried(outcome)) clock.at(clock.nowMs() + 1000, () => attempt(copy, triesLeft - 1))
    }
    const sent = transport.send({ method: 'POST', headers: [], body }, settle)
    const deadline = clock.at(clock.nowMs() + 5000, () => settle(sent.abort()))
  }
  for (const copy of copies) clock.at(copy.dueMs, () => attempt(copy, 30))
  clock.run()
  clock.runUntil(clock.nowMs() + 30_000)

  const receipts: Receipt[] = []
  for await (const page of partner.receipts.read()) receipts.push(...page)
  const states = new Map([...partner.states()].map(({ userId, traits }) => [userId, traits.plan]))
  return new Set([...ofRecords(copies, ended, receipts), ...ofAnswers(copies, ended), ...ofStates(copies, states)])
}

function retried({ class: kind, status }: Outcome): boolean {
  return kind !== '2xx' && (kind !== '4xx' || status === 429)
}

function* ofRecords(copies: readonly DueCopy[], ended: ReadonlyMap<DueCopy, Outcome>, receipts: readonly Receipt[]) {
  const sent = Map.groupBy(copies, ({ event }) => event.messageId)
  const stored = Map.groupBy(receipts, ({ messageId }) => messageId)
  for (const copy of copies) {
    if (ended.get(copy)?.class === '2xx' && !stored.has(String(copy.event.messageId))) yield 'no-loss'
  }
  for (const [messageId, records] of stored) {
    const originals = sent.get(messageId)
    if (originals === undefined) yield 'no-phantom'
    else yield* ofContent(originals, records)
  }
}

function* ofContent(originals: readonly DueCopy[], records: readonly Receipt[]) {
  if (records.length > 1) yield 'idempotent'
  for (const { body, timestamp } of records) {
    if (!originals.some(({ event }) => JSON.stringify(event) === textOf(body))) yield 'unaltered'
    if (timestamp !== originals[0]?.event.timestamp) yield 'event-time'
  }
}

function textOf(body: Receipt['body']): unknown {
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : body
}

/** A message that no copy of could bring in was refused; one that another copy brought in was refused as a duplicate. */
function* ofAnswers(copies: readonly DueCopy[], ended: ReadonlyMap<DueCopy, Outcome>) {
  for (const ofMessage of Map.groupBy(copies, ({ event }) => event.messageId).values()) {
    const acked = ofMessage.filter((copy) => ended.get(copy)?.class === '2xx').length
    if (acked < ofMessage.length) yield acked === 0 ? 'accepts-valid' : 'idempotent'
  }
}

function* ofStates(copies: readonly DueCopy[], states: ReadonlyMap<string, unknown>) {
  const identifies = copies.map(({ event }) => event).filter(({ type }) => type === 'identify')
  for (const [userId, events] of Map.groupBy(identifies, ({ userId }) => String(userId))) {
    const latest = events.reduce((a, b) => (String(a.timestamp) < String(b.timestamp) ? b : a))
    if (states.get(userId) !== (latest.traits as { plan: string }).plan) yield 'order-independent'
  }
}
