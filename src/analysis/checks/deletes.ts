import type { AuditFindings } from '../../model/audit.ts'
import type { Deletion, ErasureFindings } from '../../model/deletion.ts'
import type { Evidence } from '../../model/evidence.ts'
import { ordinalOf } from '../../model/ordinal.ts'
import type { Verdict } from '../../model/verdict.ts'
import { bitsFromText } from '../audit-bits.ts'
import { EXAMPLES_MAX } from '../audit-examples.ts'
import { boundText } from './bound-text.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { counted, countText } from './count-text.ts'
import { messageName } from './message-name.ts'
import { stillChanging } from './still-changing.ts'
import { withReceipts } from './with-receipts.ts'

const NAMED = { id: 'deletes', title: 'A delete removes the person for good' }

/** A delete removes the person, and what comes again of them afterwards does not bring them back. */
export const deletes: Check = {
  ...NAMED,
  judge(evidence) {
    const { deletions = [] } = evidence
    if (deletions.length > 0) return withReceipts(NAMED, evidence, (findings) => judge(evidence, deletions, findings))
    return unknown(
      NAMED,
      'no delete call was sent',
      'Play the preset `deletes`, or give the scenario a mix with the journey `erasure`.',
    )
  },
}

/** A deleted person of whom something is still there. */
interface Lingering {
  readonly deletion: Deletion
  /** Their messages with a record that names them. */
  readonly named: readonly number[]
  readonly inState: boolean
}

function judge(
  evidence: Evidence,
  deletions: readonly Deletion[],
  { erased, settled, carried }: AuditFindings,
): Verdict {
  const refused = deletions.filter(({ refusedWith, ackedAtMs }) => refusedWith > 0 && Number.isNaN(ackedAtMs))
  if (refused.length > 0) return refusedBy(evidence, deletions, refused)
  const acked = deletions.filter(({ ackedAtMs }) => !Number.isNaN(ackedAtMs))
  if (acked.length === 0 || erased === undefined) {
    return unknown(
      NAMED,
      'no delete call was acknowledged',
      'Have the endpoint answer 2xx to a delete that it has done.',
    )
  }
  const lingering = lingeringOf(evidence, acked, erased)
  if (lingering.length > 0) {
    return settled ? failedBy(evidence, acked, lingering) : stillChanging(NAMED, evidence)
  }
  return unseen(erased, carried) ?? gone(acked, erased)
}

function lingeringOf(evidence: Evidence, acked: readonly Deletion[], { named, state }: ErasureFindings): Lingering[] {
  const bits = bitsFromText(named, evidence.standings.must.size)
  const known = new Set(state?.known)
  const all = acked.map((deletion) => ({
    deletion,
    named: deletion.earlier.filter((index) => bits.has(ordinalOf(evidence.plan, index))),
    inState: known.size > 0 && known.has(userIdOf(evidence, deletion) ?? ''),
  }))
  return all.filter((one) => one.named.length > 0 || one.inState)
}

/** Why nothing follows from seeing nobody, if it does not. */
function unseen({ silent, state }: ErasureFindings, carried: AuditFindings['carried']): Verdict | undefined {
  if (silent > 0 && !carried.includes('userId') && !carried.includes('body')) {
    return unknown(
      NAMED,
      `${counted(silent, 'record')} of deleted people ${silent === 1 ? 'is' : 'are'} in the store, and nobody can tell whether they name them`,
      'Let receipts carry `userId` or `body`.',
    )
  }
  if (state === undefined || state.unreadable === '') return undefined
  return unknown(NAMED, `the final state could not be read: ${state.unreadable}`, 'Mend the source and audit again.')
}

function gone(acked: readonly Deletion[], { state }: ErasureFindings): Verdict {
  const again = acked.filter(({ cameAgainAtMs }) => !Number.isNaN(cameAgainAtMs)).length
  const facts = { deleted: acked.length, cameAgain: again, stateRead: state !== undefined }
  if (again === 0) {
    return unknown(
      NAMED,
      `all of ${counted(acked.length, 'deleted person', 'deleted people')} are gone, but no event of theirs came again after the delete`,
      'Replay what they did before, as the preset `deletes` does.',
      facts,
    )
  }
  const where = state === undefined ? 'the receipts (no final state was given)' : 'receipts and final state'
  return passed(
    NAMED,
    `0 of ${counted(acked.length, 'deleted person', 'deleted people')} are in ${where}, though events of ${countText(again)} of them came again: ${boundText(again, 'returns')}`,
    facts,
  )
}

function refusedBy(evidence: Evidence, deletions: readonly Deletion[], refused: readonly Deletion[]): Verdict {
  const statuses = [...new Set(refused.map(({ refusedWith }) => refusedWith))].sort((a, b) => a - b)
  const isUnsupported = statuses.includes(501)
  return failed(
    NAMED,
    `${countText(refused.length)} of ${counted(deletions.length, 'delete call')} ${refused.length === 1 ? 'was' : 'were'} refused for good, with ${statuses.join(', ')}${isUnsupported ? ': the endpoint does not support deletes' : ''}`,
    { deletes: deletions.length, refused: refused.length, statuses, people: shown(evidence, refused.map(nothingLeft)) },
    'Take calls of type `delete` and remove their user: Segment asks that of every partner. 501 says that a type is not supported.',
  )
}

function nothingLeft(deletion: Deletion): Lingering {
  return { deletion, named: [], inState: false }
}

function failedBy(evidence: Evidence, acked: readonly Deletion[], lingering: readonly Lingering[]): Verdict {
  const returned = lingering.filter(({ deletion }) => !Number.isNaN(deletion.cameAgainAtMs)).length
  const count = lingering.length
  const how = returned === 0 ? 'still' : 'still or again'
  const first = lingering[0]!
  return failed(
    NAMED,
    `${countText(count)} of ${counted(acked.length, 'deleted person', 'deleted people')} ${count === 1 ? 'is' : 'are'} ${how} in ${placesOf(lingering)}: first, ${userIdOf(evidence, first.deletion) ?? 'one whose name is not known'}`,
    { deleted: acked.length, lingering: count, cameAgain: returned, people: shown(evidence, lingering) },
    'Remove all that is stored of the user, remember the moment of the delete, and keep out whatever happened before it whenever it comes.',
  )
}

function placesOf(lingering: readonly Lingering[]): string {
  const inReceipts = lingering.some(({ named }) => named.length > 0)
  const inState = lingering.some((one) => one.inState)
  return inReceipts && inState ? 'receipts and final state' : inState ? 'the final state' : 'the receipts'
}

/** Each with what happened to them, in order. */
function shown(evidence: Evidence, lingering: readonly Lingering[]): object[] {
  return lingering.slice(0, EXAMPLES_MAX).map(({ deletion, named, inState }) => ({
    userId: userIdOf(evidence, deletion) ?? null,
    delete: {
      ...dated(evidence, deletion.index),
      ackedAtMs: momentOf(deletion.ackedAtMs),
      ...(deletion.refusedWith > 0 && { status: deletion.refusedWith }),
    },
    cameAgainAtMs: momentOf(deletion.cameAgainAtMs),
    records: named.map((index) => dated(evidence, index)),
    inState,
  }))
}

/** Null: not in this run. */
function momentOf(ms: number): number | null {
  return Number.isFinite(ms) ? Math.round(ms) : null
}

function dated(evidence: Evidence, index: number): object {
  const atMs = evidence.traffic?.timestampMsAt(index)
  return { ...messageName(evidence, index), ...(atMs !== undefined && { timestamp: new Date(atMs).toISOString() }) }
}

function userIdOf({ traffic }: Evidence, { index }: Deletion): string | undefined {
  if (traffic === undefined) return undefined
  const event = JSON.parse(new TextDecoder().decode(traffic.messageAt(index, 'live').bytes)) as { userId?: string }
  return event.userId
}
