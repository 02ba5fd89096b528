import { customerOf } from '../model/customers.ts'
import type { Traffic } from '../model/message.ts'
import { ordinalOf } from '../model/ordinal.ts'
import type { Plan } from '../model/plan.ts'
import { type Receipt, ReceiptsUnreadable } from '../model/receipt.ts'
import { shownValue } from './audit-shown.ts'

/** Which message a record is. */
export type RecordOwner =
  | { readonly index: number; readonly ordinal: number }
  /** It bears an id of this run, and is none of its messages. */
  | { readonly why: string }

/**
 * Looks up whose message a record is by its id, and by its `account` where the run is several customers'.
 * @returns undefined: its id is none of this run's
 * @throws ReceiptsUnreadable where ids of customers collide and the record does not say whose it is
 */
export function ownerOf(plan: Plan, traffic: Traffic, receipt: Receipt): RecordOwner | undefined {
  const index = indexOf(plan, traffic, receipt)
  if (index === undefined) return undefined
  const ordinal = ordinalOf(plan, index)
  if (ordinal < 0) return { why: 'the plan has no such message' }
  return isElsewhere(plan, index, receipt)
    ? { why: `it is kept for another customer: ${shownValue(receipt.account)}` }
    : { index, ordinal }
}

function indexOf({ traffic: { customers } }: Plan, traffic: Traffic, receipt: Receipt): number | undefined {
  if (!customers?.collide) return traffic.indexOf(receipt.messageId)
  const customer = customers.names.indexOf(`${receipt.account}`)
  if (customer >= 0 || traffic.indexOf(receipt.messageId) === undefined)
    return traffic.indexOf(receipt.messageId, Math.max(0, customer))
  throw new ReceiptsUnreadable(
    `the ids of customers collide, and a record says of none that it is theirs; give each record "account": one of ${customers.names.join(', ')}`,
  )
}

/** Under the name of another customer of this run; a name that nobody here has says nothing. */
function isElsewhere(plan: Plan, index: number, { account }: Receipt): boolean {
  const { customers } = plan.traffic
  const keeper = customers === undefined ? -1 : customers.names.indexOf(`${account}`)
  return keeper >= 0 && keeper !== customerOf(plan, index)
}
