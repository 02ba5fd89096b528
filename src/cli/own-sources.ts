import { customersReceipts, customersStates } from '../adapters/receipts/customers-receipts.ts'
import { joinedOutbox } from '../adapters/receipts/outbox-source.ts'
import { readTlsMaterial } from '../adapters/tls-material.ts'
import type { Prepared, RunWorld } from '../index.ts'
import type { EmbeddedPartner } from './embedded-partner.ts'
import type { AuditSources } from './judge-run.ts'
import { openOutbox } from './open-outbox.ts'
import { openReceipts } from './open-receipts.ts'
import { openState } from './open-state.ts'
import { fieldsOf, type ReceiptAccess } from './receipt-access.ts'

/** Where the embedded partner's store is read: as the customer that the run is, or as each of several, where it asks for keys. */
export function ownSources(
  partner: Pick<EmbeddedPartner, 'receipts' | 'state' | 'outbox' | 'ca'>,
  prepared: Prepared,
  credentials: RunWorld['credentials'],
): AuditSources {
  const { asks, plan } = prepared
  const [first, ...others] = accessesOf(partner, prepared, credentials)
  const receiptsBy = (access: ReceiptAccess) => openReceipts(partner.receipts, undefined, undefined, access)
  const stateBy = (access: ReceiptAccess) => openState(partner.state, undefined, access)
  const outboxBy = (access: ReceiptAccess) => openOutbox(partner.outbox, undefined, access)
  const { customers } = plan.traffic
  const { apiKeys: keys = [] } = credentials
  return {
    receipts: customers
      ? customersReceipts({ sources: [receiptsBy(first), ...others.map(receiptsBy)], names: customers.names, keys })
      : receiptsBy(first),
    state: STATE_VERDICTS.some((id) => asks.verdicts.includes(id))
      ? { source: customersStates([stateBy(first), ...others.map(stateBy)]) }
      : undefined,
    outbox: asks.verdicts.includes('no-side-effects')
      ? joinedOutbox([outboxBy(first), ...others.map(outboxBy)])
      : undefined,
  }
}

/** Verdicts that look at final states. */
const STATE_VERDICTS = ['order-independent', 'deletes', 'understood']

/** It shows everything to anybody, unless it has given out keys. */
function accessesOf(
  { ca }: Pick<EmbeddedPartner, 'ca'>,
  { partner, asks }: Prepared,
  { apiKey, apiKeys = [apiKey] }: RunWorld['credentials'],
): [ReceiptAccess, ...ReceiptAccess[]] {
  const common = { tls: readTlsMaterial({ ca }), fields: fieldsOf(asks.expectations) }
  const [first = apiKey, ...others] = apiKeys
  if (partner.apiKeys.length === 0) return [common]
  return [{ ...common, key: first }, ...others.map((key) => ({ ...common, key }))]
}
