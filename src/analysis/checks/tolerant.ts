import type { Deletion } from '../../model/deletion.ts'
import type { Evidence } from '../../model/evidence.ts'
import { flawNamed } from '../../model/flaws.ts'
import type { Traffic } from '../../model/message.ts'
import { indexAt } from '../../model/ordinal.ts'
import type { Plan } from '../../model/plan.ts'
import type { Verdict } from '../../model/verdict.ts'
import { boundText } from './bound-text.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { counted, countText } from './count-text.ts'
import { messageName } from './message-name.ts'

const NAMED = { id: 'tolerant', title: 'Unusual but valid events are accepted' }
const EXAMPLES_MAX = 20

/** Spec variants and unknown fields are accepted. Judged by the answers alone. */
export const tolerant: Check = { ...NAMED, judge }

/** What became of the events that have one flaw. */
interface Kind {
  accepted: number
  readonly refused: number[]
}

function judge(evidence: Evidence): Verdict {
  const { traffic, plan } = evidence
  if (traffic === undefined) {
    return unknown(
      NAMED,
      'which events were unusual cannot be made out again',
      'Judge the run with the squall that sent it.',
    )
  }
  const kinds = hasValidFlaws(plan) ? kindsOf(evidence, traffic) : new Map<string, Kind>()
  const refused = [...kinds].filter(([, kind]) => kind.refused.length > 0)
  if (refused.length > 0) return failedBy(evidence, kinds, refused)
  if (kinds.size === 0) {
    const fix = 'Give a phase flaws that are valid, or run the preset `tolerance`.'
    return unknown(NAMED, 'no event was unusual on purpose', fix)
  }
  const untaken = [...kinds].filter(([, { accepted }]) => accepted === 0).map(([name]) => name)
  if (untaken.length > 0) {
    const fix = 'Answer 2xx to them once they are stored; look at what the endpoint logs of such an event.'
    const claim = `of the events with ${untaken.join(', ')} none was accepted, and none refused for good`
    return unknown(NAMED, claim, fix, { untaken })
  }
  const accepted = sum(kinds, (kind) => kind.accepted)
  const what = `${counted(accepted, 'unusual event')} of ${counted(kinds.size, 'kind')}`
  return passed(NAMED, `0 of ${what} refused: ${boundText(accepted, 'refusals')}`, { accepted, refused: 0 })
}

function failedBy(
  evidence: Evidence,
  kinds: ReadonlyMap<string, Kind>,
  refused: readonly [name: string, kind: Kind][],
): Verdict {
  const indices = refused.flatMap(([, kind]) => kind.refused)
  const decided = indices.length + sum(kinds, (kind) => kind.accepted)
  const names = refused.map(([name, kind]) => `${name} ${countText(kind.refused.length)}`).join(', ')
  const events = indices.slice(0, EXAMPLES_MAX).map((index) => ({
    ...messageName(evidence, index),
    flaw: evidence.traffic?.flawAt(index),
  }))
  const said = `${countText(indices.length)} of ${counted(decided, 'unusual but valid event')}`
  return failed(
    NAMED,
    `${said} ${indices.length === 1 ? 'was' : 'were'} refused for good (${names})`,
    { refused: indices.length, accepted: decided - indices.length, events },
    'Ignore fields that you do not know, and take every form of a value that the Spec allows: nobody asks you before they send one.',
  )
}

function kindsOf(evidence: Evidence, traffic: Traffic): Map<string, Kind> {
  const { must, may, refusedSet, erased } = evidence.standings
  const deletions = new Map(evidence.deletions?.map((deletion) => [deletion.index, deletion]))
  const kinds = new Map<string, Kind>()
  for (let ordinal = 0; ordinal < may.size; ordinal++) {
    if (!may.has(ordinal)) continue
    const index = indexAt(evidence.plan, ordinal)
    const name = traffic.flawAt(index)
    const deletion = deletions.get(index)
    // Of what the run has deleted nothing is on record but what became of the delete calls.
    if (flawNamed(name)?.expects !== 'accepted' || (erased?.all.has(ordinal) && deletion === undefined)) continue
    const kind = kinds.get(name) ?? { accepted: 0, refused: [] }
    kinds.set(name, kind)
    if (must.has(ordinal) || isAcked(deletion)) kind.accepted++
    else if (refusedSet.has(ordinal) || (deletion?.refusedWith ?? 0) > 0) kind.refused.push(index)
  }
  return kinds
}

function isAcked(deletion: Deletion | undefined): boolean {
  return deletion !== undefined && !Number.isNaN(deletion.ackedAtMs)
}

function hasValidFlaws({ traffic, phases }: Plan): boolean {
  return (traffic.timeline ?? phases).some(
    ({ flaws }) => flaws.share > 0 && flaws.names.some((name) => flawNamed(name)?.expects === 'accepted'),
  )
}

function sum(kinds: ReadonlyMap<string, Kind>, amount: (kind: Kind) => number): number {
  return [...kinds.values()].reduce((total, kind) => total + amount(kind), 0)
}
