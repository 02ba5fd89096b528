import type { AuditFindings } from '../../model/audit.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { StateDifference, StateFindings } from '../../model/state.ts'
import type { Verdict } from '../../model/verdict.ts'
import { boundText } from './bound-text.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { counted, countText } from './count-text.ts'
import { messageName } from './message-name.ts'
import { stillChanging } from './still-changing.ts'
import { withReceipts } from './with-receipts.ts'

const NAMED = { id: 'order-independent', title: 'Order of arrival does not matter' }

/** The same events in several orders, each in a namespace of its own, end in equal state; or in that of event time, where promised. */
export const orderIndependent: Check = {
  ...NAMED,
  judge: (evidence) => withReceipts(NAMED, evidence, (findings) => judge(evidence, findings)),
}

function judge(evidence: Evidence, { states }: AuditFindings): Verdict {
  if (states === undefined) {
    return unknown(NAMED, 'no final state was given', 'Give --state SOURCE: one {"userId", "traits"} a line.')
  }
  if (states.unreadable !== '') {
    return unknown(NAMED, `the final state could not be read: ${states.unreadable}`, 'Mend the source and audit again.')
  }
  return untried(evidence, states) ?? compared(evidence, states)
}

/** Why the comparison says nothing, if it does. */
function untried({ plan }: Evidence, states: StateFindings): Verdict | undefined {
  const say = (claim: string, fix: string): Verdict => unknown(NAMED, claim, fix, countsOf(states))
  if (states.rule === 'orders' && plan.traffic.namespaces < 2) {
    return say(
      'the events came in one order only',
      'Give the scenario `namespaces: 3` and a shuffle, or hold the state against event time with --state-rule event-time.',
    )
  }
  if (states.lines === 0)
    return say(
      'the final state names no user of this run',
      'Check that it is the state of the store that this endpoint writes.',
    )
  if (states.compared === 0) {
    return say(
      'no user could be compared',
      'See first to what other verdicts say: each user has a message that is missing, altered or misdated.',
    )
  }
  if (states.values === 0)
    return say('the final state holds none of the traits that events set', 'Let its lines carry `traits`.')
  return undefined
}

function compared(evidence: Evidence, states: StateFindings): Verdict {
  const { differing, reordered, settled } = states
  if (!settled) return stillChanging(NAMED, evidence)
  if (differing.count > 0) return failedBy(evidence, states)
  if (reordered === 0) {
    return unknown(
      NAMED,
      `no state differs, but no user's events came in an order that would show it`,
      'Send more events, or shuffle them more.',
      countsOf(states),
    )
  }
  const said = `0 of ${counted(reordered, 'user')} whose events came in another order ${differsFrom(evidence, states)}`
  return passed(NAMED, `${said}: ${boundText(reordered, 'differences')}`, countsOf(states))
}

function differsFrom({ plan }: Evidence, { rule }: StateFindings): string {
  return rule === 'event-time' ? 'differ from what event time says' : `differ in ${plan.traffic.namespaces} orders`
}

function failedBy(evidence: Evidence, states: StateFindings): Verdict {
  const { differing, compared } = states
  const users = counted(compared, 'user')
  return failed(
    NAMED,
    `${countText(differing.count)} of ${users} ${differing.count === 1 ? 'ends' : 'end'} in another state ${causeOf(states)}`,
    { ...countsOf(states), differences: differing.examples.map((difference) => named(evidence, difference)) },
    'Keep for each trait the value with the latest event `timestamp`, whatever comes when, and let no event wait for another.',
  )
}

function causeOf({ rule, differing }: StateFindings): string {
  const first = differing.examples[0]
  const cause = rule === 'orders' ? 'when the same events come in another order' : 'than the event times say'
  return first === undefined ? cause : `${cause}: first, ${shown(first)}`
}

/** What is the store's own stays in the evidence. */
function shown({ why, trait, held, events }: StateDifference): string {
  const userId = held[0]?.userId
  const values = why === 'orders' ? held.map(({ value }) => value) : events.map(({ value }) => value)
  const [one, other] = values
  const by = `(${counted(events.length, 'event shows', 'events show')} it)`
  if (why === 'absent') return `${userId} has no state at all`
  if (why === 'foreign') return `\`${trait}\` of ${userId} is what none of the user's events said`
  if (why === 'orders') return `\`${trait}\` of ${userId} is ${one} in one order and ${other} in another ${by}`
  return `\`${trait}\` of ${userId} is not ${values.at(-1)}, which was set last ${by}`
}

function named(evidence: Evidence, { events, ...difference }: StateDifference): object {
  return {
    ...difference,
    events: events.map(({ indices, ...event }) => ({
      messages: indices.map((index) => messageName(evidence, index)),
      ...event,
    })),
  }
}

function countsOf({ rule, compared, reordered, excluded, differing, lines }: StateFindings): Verdict['evidence'] {
  return { rule, compared, reordered, excluded, differing: differing.count, lines }
}
