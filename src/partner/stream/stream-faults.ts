import { DOORS } from '../faults/doors.ts'
import type { Fault } from '../faults/fault.ts'
import { FaultError } from '../faults/fault-error.ts'
import { MEANINGS } from '../faults/meanings.ts'
import { ORDERS } from '../faults/orders.ts'
import { parseFault } from '../faults/parse-fault.ts'
import { READINGS } from '../faults/readings.ts'

/** What only who keeps a state, checks signatures, sends mail or tells receipts in pages can get wrong. */
const PARTNERS_OWN: ReadonlySet<string> = new Set([DOORS, ORDERS, MEANINGS, READINGS].flat().map(({ name }) => name))

/** A fault of the HTTP Tracking API, as `parseFault` reads it. @throws FaultError also for what it cannot get wrong */
export function parseStreamFault(spec: string): Fault {
  const fault = parseFault(spec)
  if (!PARTNERS_OWN.has(fault.name)) return fault
  throw new FaultError(`fault "${spec}": ${fault.name} is a partner's, try it with squall receive partner`)
}
