import { type Descriptors, readDescriptors } from '../adapters/machine/descriptors.ts'
import type { Plan } from '../index.ts'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'

/** For files of the run, receipts, and warming's own server. */
const SPARE = 32

/** How many descriptors deliveries take at most: each attempt under way has a connection of its own, and idle ones stay open. */
export function descriptorsNeeded({
  connections,
  inFlightMax,
}: Pick<Plan['delivery'], 'connections' | 'inFlightMax'>): number {
  // While it warms up, squall holds both ends of each connection.
  return Math.max(inFlightMax, 2 * connections) + SPARE
}

/** @throws CliError when the plan's connections cannot all be open at once */
export function checkDescriptors(plan: Plan, { limit, open }: Descriptors = readDescriptors()): void {
  const needed = descriptorsNeeded(plan.delivery) + (open ?? 0)
  if (limit === null || needed <= limit) return
  const { connections, inFlightMax } = plan.delivery
  throw new CliError(
    `${inFlightMax} attempts in flight over ${connections} connections need up to ${needed} file descriptors, and this process may have ${limit}: raise it (ulimit -n ${needed}) or lower --in-flight or --connections`,
    EXIT.usage,
  )
}
