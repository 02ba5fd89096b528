import { messagesOf, type Plan, type Prepared } from '../index.ts'
import { namespacesOf } from '../model/customers.ts'
import { NAMESPACE_STRIDE } from '../model/message.ts'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'

/** What a run brings to Segment's own API, at most. */
const EVENTS_MAX = 10_000
const USERS_MAX = 100

/** @throws CliError when a run is too much for somebody's workspace at Segment */
export function checkSegmentCaps(prepared: Pick<Prepared, 'corpus' | 'plan'>): void {
  const events = eventCount(prepared.plan)
  if (events > EVENTS_MAX) throw tooMuch(`${EVENTS_MAX} events`, `brings ${events}`, '--events or --duration')
  const users = userCount(prepared)
  if (users > USERS_MAX) throw tooMuch(`${USERS_MAX} users`, `is about ${users}`, '--events, or people in the scenario')
}

function tooMuch(cap: string, asked: string, mend: string): CliError {
  return new CliError(
    `Segment's own API gets ${cap} from a run at most, and this one ${asked}: lower ${mend}`,
    EXIT.refused,
  )
}

/** Copies included. */
function eventCount(plan: Plan): number {
  return plan.phases.reduce((sum, phase) => {
    const { messages, again, copies } = phase
    const perMessage = (1 + copies.duplicateShare + copies.racingShare) * namespacesOf(plan, phase).length
    return sum + Math.ceil((messages.count + again.count) * perMessage)
  }, 0)
}

/** How many people its events are about; each is billed as one. */
function userCount(prepared: Pick<Prepared, 'corpus' | 'plan'>): number {
  const { plan } = prepared
  const traffic = messagesOf(prepared, { id: 'caps', startedAtMs: 0 })
  const users = new Set<string>()
  for (const phase of plan.phases) {
    for (const namespace of namespacesOf(plan, phase)) {
      const start = namespace * NAMESPACE_STRIDE + phase.messages.first
      for (let n = 0; n < phase.messages.count; n++) users.add(`${namespace} ${traffic.userAt(start + n)}`)
    }
  }
  return users.size
}
