import { hashText } from '../../model/hash.ts'
import type { Answer } from '../answer.ts'
import type { IncomingEvent } from '../incoming-event.ts'
import type { KeyStanding, PartnerRequest } from '../partner-request.ts'
import type { Signed } from '../signature.ts'
import type { NewRecord, StoredRecord } from '../store.ts'
import type { Visit } from '../visit.ts'
import type { Fault, FaultSite, Handling, Hooks } from './fault.ts'

type Add = (record: NewRecord, visit: Visit) => boolean

/** All faults of a receiver as one, installed in the order given. Without any it is the sound receiver's. */
export class Behaviour {
  readonly #hooks: readonly Hooks[]
  readonly add: Add

  constructor(faults: readonly Fault[], later: FaultSite['later'], store: (record: NewRecord) => boolean) {
    this.#hooks = faults.map((fault, i) => fault.install({ salt: hashText(i, fault.name), later }))
    this.add = this.#hooks.reduceRight<Add>(around, store)
  }

  get sound(): boolean {
    return this.#hooks.length === 0
  }

  admits(request: PartnerRequest, standing: KeyStanding): boolean {
    let admitted = standing === 'good'
    for (const hooks of this.#hooks) admitted = hooks.admits?.(request, standing, admitted) ?? admitted
    return admitted
  }

  trusts(signed: Signed, right: boolean): boolean {
    return this.#hooks.reduce((trusted, hooks) => hooks.trusts?.(signed, trusted) ?? trusted, right)
  }

  before(visit: Visit): Answer | undefined {
    for (const hooks of this.#hooks) {
      const answer = hooks.before?.(visit)
      if (answer !== undefined) return answer
    }
    return undefined
  }

  records(record: NewRecord, event: IncomingEvent, visit: Visit): readonly NewRecord[] {
    let records: readonly NewRecord[] = [record]
    for (const hooks of this.#hooks) {
      if (hooks.record) records = records.flatMap((one) => hooks.record!(one, event, visit))
    }
    return records
  }

  answer(answer: Answer, visit: Visit, handling: Handling): Answer {
    return this.#hooks.reduce((said, hooks) => hooks.answer?.(said, visit, handling) ?? said, answer)
  }

  visible(record: StoredRecord, nowMs: number): boolean {
    return this.#hooks.every((hooks) => hooks.visible?.(record, nowMs) ?? true)
  }

  learns(record: StoredRecord): boolean {
    return this.#hooks.every((hooks) => hooks.learns?.(record) ?? true)
  }

  precedence(record: StoredRecord): number {
    return this.#hooks.reduce((value, hooks) => hooks.precedence?.(record) ?? value, record.eventTimeMs)
  }

  staysOut(record: NewRecord): boolean {
    return this.#hooks.every((hooks) => hooks.staysOut?.(record) ?? true)
  }

  sendsOut(event: IncomingEvent, would: boolean): boolean {
    return this.#hooks.reduce((sent, hooks) => hooks.sendsOut?.(event, sent) ?? sent, would)
  }

  totalProperty(): string {
    return this.#hooks.reduce((property, hooks) => hooks.totalProperty?.() ?? property, 'total')
  }

  /** Undefined: receipts are told in order, each once. */
  pageOverlap(): number | undefined {
    return this.#hooks.find(({ pageOverlap }) => pageOverlap)?.pageOverlap?.()
  }

  flush(): void {
    for (const hooks of this.#hooks) hooks.flush?.()
  }
}

function around(inner: Add, hooks: Hooks): Add {
  const { add } = hooks
  return add ? (record, visit) => add(record, visit, (one) => inner(one, visit)) : inner
}
