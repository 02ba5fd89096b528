import { customerOf } from '../../model/customers.ts'
import type { Evidence } from '../../model/evidence.ts'

/** What a message is called in a verdict's evidence. */
export interface MessageName {
  readonly index: number
  readonly messageId?: string
  readonly type?: string
  /** Where the run is several customers'. */
  readonly customer?: string | undefined
}

/** Its id and type too, where the messages can be made again. */
export function messageName({ traffic, plan }: Evidence, index: number): MessageName {
  const { customers } = plan.traffic
  const whose = customers && { customer: customers.names[customerOf(plan, index)] }
  if (traffic === undefined) return { index, ...whose }
  const { messageId, type } = traffic.messageAt(index, 'live')
  return { index, messageId, type, ...whose }
}
