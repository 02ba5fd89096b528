import { type Corpus, corpusText } from '../generators/corpus.ts'
import { knownCorpus } from '../generators/known-corpus.ts'
import { trafficOf } from '../generators/message.ts'
import { deliveriesOf, type RunSchedule } from '../generators/schedule/deliveries-of.ts'
import { GENERATOR_VERSION } from '../generators/version.ts'
import { audit } from './analysis/audit.ts'
import { auditLines } from './analysis/audit-lines.ts'
import { auditSummary } from './analysis/audit-summary.ts'
import { judgeAll } from './analysis/checks/judge-all.ts'
import { type DeletedPeople, deletedPeopleOf } from './analysis/deleted-people.ts'
import { DiscardReading } from './analysis/discard-reading.ts'
import { auditErasedStates } from './analysis/erased-states.ts'
import { leftOutNotes } from './analysis/left-out.ts'
import { OutboxReading } from './analysis/outbox-reading.ts'
import type { Patience } from './analysis/read-until-quiet.ts'
import type { LedgerPart } from './analysis/recorded.ts'
import { replayedRunOf } from './analysis/replayed-standings.ts'
import { resumptionOf as leftOf } from './analysis/resumption.ts'
import type { RunFacts } from './analysis/run-facts.ts'
import { spacedEvents } from './analysis/spaced-events.ts'
import { auditStates } from './analysis/state-audit.ts'
import { summarize } from './analysis/summarize.ts'
import { auditUnderstoodStates } from './analysis/understood-states.ts'
import { unwelcomeMessages } from './analysis/unwelcome-messages.ts'
import { capturedRequests } from './delivery/captured-requests.ts'
import { LedgerUnreadable } from './ledger/ledger-head.ts'
import { readLedger, readLedgerHead } from './ledger/reader.ts'
import { streamSpecFacts } from './lint/stream-facts.ts'
import type { AuditFindings } from './model/audit.ts'
import type { DiscardSource } from './model/discards.ts'
import { runExitCode } from './model/exit-code.ts'
import type { Traffic } from './model/message.ts'
import type { OutboxSource } from './model/outbox.ts'
import type { Plan } from './model/plan.ts'
import type { ReceiptSource } from './model/receipt.ts'
import type { Report } from './model/report.ts'
import type { Resumption } from './model/resumption.ts'
import type { ReplayedRun, RunHeader } from './model/run-header.ts'
import type { StateRule, StateSource } from './model/state.ts'
import type { StreamSpecFacts } from './model/stream-facts.ts'
import type { Clock, Digest } from './model/world.ts'
import { buildReport } from './report/build.ts'

/** One ledger file, readable as often as needed. */
export type LedgerBytes = () => Iterable<Uint8Array>

/** A run on record, with what can be made of it again. */
export interface RunRecord {
  readonly plan: Plan
  readonly header: RunHeader
  readonly files: readonly LedgerBytes[]
  /** Null: another generator made it. It is still counted; what would need its messages again is unknown. */
  readonly remade: Remade | null
}

/** What follows from a record alone, made again. */
interface Remade {
  readonly corpus: Corpus
  readonly schedule: RunSchedule
  readonly traffic: Traffic
  /** Undefined: the run deletes nobody. */
  readonly deleted: DeletedPeople | undefined
}

/**
 * Opens a run's record, and makes its messages and schedule again if this generator can.
 * @param corpus the run's own, where it is at hand
 * @throws LedgerUnreadable
 */
export function openRecord(files: readonly LedgerBytes[], digest: Digest, corpus?: Corpus): RunRecord {
  const telling = files.filter(hasHead)
  const first = telling[0] ?? files[0]
  if (first === undefined) throw new RangeError('a run has at least one ledger file')
  const { plan, header } = readLedgerHead(first())
  for (const file of telling) {
    const { id } = readLedgerHead(file()).header
    if (id !== header.id) throw new LedgerUnreadable(`it holds files of two runs, ${header.id} and ${id}`)
  }
  return { plan, header, files: telling, remade: remake(plan, header, digest, corpus) }
}

/** A file that ends within its head says nothing, and nothing was sent by whom it was to be. */
function hasHead(file: LedgerBytes): boolean {
  try {
    readLedgerHead(file())
    return true
  } catch (error) {
    if (error instanceof LedgerUnreadable && error.endsInHead) return false
    throw error
  }
}

function remake(plan: Plan, header: RunHeader, digest: Digest, known?: Corpus): RunRecord['remade'] {
  if (plan.generator.version !== GENERATOR_VERSION) return null
  const corpus = known ?? knownCorpus(plan.seed, plan.traffic.people)
  if (known === undefined && digest.sha256(corpusText(corpus)) !== plan.generator.corpusDigest) return null
  const traffic = trafficOf(corpus, plan, header)
  return { corpus, schedule: deliveriesOf(plan, traffic), traffic, deleted: deletedPeopleOf(plan, traffic) }
}

/** What a run that was cut off has left; null: it ended, or another generator made it. */
export function resumptionOf({ plan, header, files, remade }: RunRecord): Resumption | null {
  const { first, duplicate, replay } = header.planned
  if (remade === null) return null
  return leftOf({ plan, planned: first + duplicate + replay, schedule: remade.schedule, parts: partsOf(files) })
}

/** What a replay needs to know of this run. */
export function replayedRun(record: RunRecord, sameReceiver: boolean): ReplayedRun {
  return replayedRunOf(record.header, factsOf(record), sameReceiver)
}

function partsOf(files: readonly LedgerBytes[]): LedgerPart[] {
  return files.map((bytes) => (visit, begin) => readLedger(bytes(), visit, begin))
}

/** What a run amounts to and whether it is right. */
export interface Judgement {
  readonly report: Report
  readonly facts: RunFacts
}

/**
 * Ledger → Report, pure: the same ledger gives the same bytes.
 * @param facts what the ledger amounts to, where that is known
 */
export function judge(record: RunRecord, facts: RunFacts = factsOf(record)): Judgement {
  const { plan, header } = record
  const { summary, standings, repeats, notes, answers } = facts
  const traffic = record.remade?.traffic
  const evidence = {
    plan,
    header,
    summary,
    standings,
    repeats,
    limits: facts.limits,
    secondOffers: facts.secondOffers,
    paces: facts.paces,
    phaseEnds: facts.phaseEnds,
    ...(facts.streamPace && { streamPace: facts.streamPace }),
    ...streamSpecOf(record, facts),
    ...(facts.deletions && { deletions: facts.deletions }),
    ...(facts.restartedAtMs !== undefined && { restartedAtMs: facts.restartedAtMs }),
    cutShort: !facts.ended || facts.signal !== null,
    findings: facts.findings,
    ...(traffic ? { traffic } : {}),
  }
  const { verdicts, notTested } = judgeAll(evidence)
  const report = buildReport({
    plan,
    header,
    summary,
    audit: auditSummary(evidence),
    verdicts,
    notTested,
    notes,
    answers,
    endedAtMs: facts.endedAtMs,
    exitCode: runExitCode({ statuses: verdicts.map(({ status }) => status), ended: facts.ended, signal: facts.signal }),
  })
  return { report, facts }
}

/** Of so many of a run's messages lint looks at each: that is all of most runs, and of the largest enough for a bound that says something. */
const LINTED_MAX = 100_000

function streamSpecOf(
  { plan, header, remade }: RunRecord,
  { standings: { may } }: Pick<RunFacts, 'standings'>,
): { readonly streamSpec?: StreamSpecFacts } {
  if (remade === null || !header.asks.verdicts.includes('stream-spec')) return {}
  const made = { plan, header, ...remade }
  const unwelcome = unwelcomeMessages(plan)
  const streamSpec = streamSpecFacts({
    sent: may.countWithout(unwelcome),
    events: spacedEvents(made, may, unwelcome, LINTED_MAX),
    requests: capturedRequests(made),
  })
  return { streamSpec }
}

/** How final states are to be read. */
export interface StateAudit {
  readonly source: StateSource
  /** As the run asks for unless given. */
  readonly rule?: StateRule | undefined
}

/** What an audit may read beside the receipts. */
export interface OtherSources {
  readonly state?: StateAudit | undefined
  /** What the receiver sent to the outside. */
  readonly outbox?: OutboxSource | undefined
  /** What it took and did not keep. */
  readonly discards?: DiscardSource | undefined
}

/**
 * Reads the receiver's store for what became of the run's messages. The answer belongs on record: see `writeAudit`.
 * @param settleMs how long stored events may take to be visible, from now
 * @param others what else is read; nobody looks at what is not given
 * @param facts what the ledger amounts to, where that is known
 */
export async function auditRecord(
  record: RunRecord,
  source: ReceiptSource,
  world: { readonly clock: Clock; readonly digest: Digest },
  settleMs: number = record.header.asks.settleMs,
  others: OtherSources = {},
  facts: Pick<RunFacts, 'standings' | 'deletions' | 'ways' | 'streamPace'> = factsOf(record),
): Promise<AuditFindings> {
  const { plan, header, remade } = record
  if (remade === null) throw new Error('a run that another generator made cannot be audited')
  const { clock, digest } = world
  const { standings } = facts
  const run = { plan, traffic: remade.traffic, standings, clock }
  const deadlineMs = clock.nowMs() + settleMs
  const startedAtMs = clock.nowMs() - (clock.wallMs() - header.startedAtMs)
  // Only batches say when they left.
  const wayMaxMs = plan.stream?.endpoint === 'batch' ? facts.streamPace?.latencyMaxMs : undefined
  const findings = await audit({ ...run, header, source, digest, startedAtMs, settleMs, wayMaxMs })
  const patience = { clock, deadlineMs }
  const { state, outbox: sentOut, discards: notKept } = others
  const told = state && findings.unreadable === '' ? await stateFindings(record, findings, state, facts, patience) : {}
  const { ways } = facts
  const outbox = sentOut && ways && (await auditLines(sentOut, () => new OutboxReading({ ...run, ways }), patience))
  const discards = notKept && (await auditLines(notKept, () => new DiscardReading(run), patience))
  return { ...findings, ...told, ...(outbox && { outbox }), ...(discards && { discards }) }
}

/** What the final states say, as far as the run asks for it. */
async function stateFindings(
  { plan, header, remade }: RunRecord,
  findings: AuditFindings,
  { source, rule = header.asks.stateRule ?? 'orders' }: StateAudit,
  { standings, deletions }: Pick<RunFacts, 'standings' | 'deletions'>,
  patience: Patience,
): Promise<Pick<AuditFindings, 'states' | 'erased' | 'understood'>> {
  const { verdicts, expectations = [] } = header.asks
  const { traffic } = remade!
  const states = verdicts.includes('order-independent')
    ? await auditStates({ plan, traffic, standings, findings, source, rule, ...patience })
    : undefined
  const state = deletions && (await auditErasedStates(source, traffic, deletions, patience))
  const stays = { plan, traffic, found: findings.found, erased: standings.erased?.all }
  const understood = [...(findings.understood ?? [])]
  for (const [i, expectation] of expectations.entries()) {
    if (expectation.place === 'state') understood[i] = await auditUnderstoodStates(source, expectation, stays, patience)
  }
  return {
    ...(states && { states }),
    ...(state && findings.erased && { erased: { ...findings.erased, state } }),
    ...(findings.understood && { understood }),
  }
}

/** What a run's ledger amounts to. */
export function factsOf({ plan, header, files, remade }: RunRecord): RunFacts {
  const messageIdAt = (index: number): string => remade?.traffic.messageIdAt(index) ?? ''
  const facts = summarize({
    plan,
    header,
    schedule: remade?.schedule ?? null,
    messageIdAt,
    deleted: remade?.deleted,
    parts: partsOf(files),
  })
  const { leftOut } = remade?.schedule ?? {}
  if (leftOut === undefined || plan.stream === undefined) return facts
  return { ...facts, notes: [...leftOutNotes(leftOut, plan.stream.eventBytesMax, messageIdAt), ...facts.notes] }
}
