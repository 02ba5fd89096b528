import { describe, expect, it } from 'vitest'
import { acceptsValid } from '../../src/analysis/checks/accepts-valid.ts'
import { ALL_CHECKS } from '../../src/analysis/checks/all-checks.ts'
import type { Check } from '../../src/analysis/checks/check.ts'
import { idempotent } from '../../src/analysis/checks/idempotent.ts'
import { noLoss } from '../../src/analysis/checks/no-loss.ts'
import { noPhantom } from '../../src/analysis/checks/no-phantom.ts'
import type { AuditFindings } from '../../src/model/audit.ts'
import type { Evidence } from '../../src/model/evidence.ts'
import type { Asks } from '../../src/model/run-header.ts'
import type { Verdict } from '../../src/model/verdict.ts'
import { DEFAULT_VERDICTS } from '../../src/scenario/verdicts.ts'
import { auditCase, auditOf, evidenceOf, setOf, soundReceipts, standingsOf } from '../support/audit-case.ts'
import { brokenReceipts } from '../support/memory-receipts.ts'

const run = auditCase(1200)
const sound = await auditOf(run, soundReceipts(run))
const unreadable = await auditOf(run, [], { source: brokenReceipts('nobody answers') })
const moving = (findings: AuditFindings): AuditFindings => ({ ...findings, settled: false })

function without(...missing: number[]): Promise<AuditFindings> {
  return auditOf(
    run,
    soundReceipts(run).filter((_, index) => !missing.includes(index)),
  )
}

function judge(check: Check, findings: AuditFindings | null, changes: Partial<Evidence> = {}): Verdict {
  return check.judge(evidenceOf(run, findings, changes))
}

function asking(asks: Partial<Asks>): Partial<Evidence> {
  return { header: { ...run.header, asks: { ...run.header.asks, ...asks } } }
}

const CHECKS_OF_EVENTS = ALL_CHECKS.filter(({ id }) => DEFAULT_VERDICTS.includes(id))

describe('every check of events', () => {
  it.each(CHECKS_OF_EVENTS)('$id passes a sound run, with a bound and no cure', (check) => {
    const verdict = judge(check, sound)
    expect(verdict).toMatchObject({ id: check.id, title: check.title, status: 'pass', fix: '' })
    expect(verdict.claim).toMatch(/^0 of (1 200|10) .*< \d\S* at 95 % if \w+ are independent/)
  })

  it.each(CHECKS_OF_EVENTS.filter((check) => check !== acceptsValid))('$id knows nothing without receipts', (check) => {
    expect(judge(check, null)).toMatchObject({ status: 'unknown', claim: 'no receipts were given' })
    expect(judge(check, null).fix).toContain('--receipts')
  })

  it.each(CHECKS_OF_EVENTS.filter((check) => check !== acceptsValid))(
    '$id knows nothing from receipts that cannot be read',
    (check) => {
      const { status, claim } = judge(check, unreadable)
      expect([status, claim]).toEqual(['unknown', 'the receipts could not be read: nobody answers'])
    },
  )

  it.each(CHECKS_OF_EVENTS.filter((check) => check !== acceptsValid))(
    '$id suspects the name of the id field, not the store',
    async (check) => {
      const renamed = soundReceipts(run).map(({ body }, row) => ({ messageId: `row-${row}`, body }))
      const verdict = judge(check, await auditOf(run, renamed))
      expect(verdict).toMatchObject({ status: 'unknown', fix: expect.stringContaining('--id-field') })
    },
  )

  it.each(CHECKS_OF_EVENTS)('$id gives evidence that survives JSON', async (check) => {
    const worst = await auditOf(run, [
      ...soundReceipts(run)
        .slice(2)
        .map((receipt) => ({ ...receipt, body: '{}', timestamp: 'x' })),
      ...soundReceipts(run),
      { messageId: 'strange', userId: 'sq_testrun1_1' },
    ])
    const refused = { count: 1, examples: [{ index: 1, status: 400, attempts: 1 }] }
    const { evidence } = judge(check, worst, { standings: standingsOf(run.plan, { refused }) })
    expect(JSON.parse(JSON.stringify(evidence))).toEqual(evidence)
    expect(JSON.stringify(evidence).length).toBeLessThan(20_000)
  })
})

describe('no-loss', () => {
  it('prints what none lost can show', async () => {
    const long = auditCase(12_000)
    const ids = soundReceipts(long).map(({ messageId }) => ({ messageId }))
    const { claim } = noLoss.judge(evidenceOf(long, await auditOf(long, ids)))
    expect(claim).toBe('0 of 12 000 lost: < 2.5e-4 at 95 % if losses are independent')
  })

  it('fails by name for each message that was acked and is missing', async () => {
    expect(judge(noLoss, await without(7, 9))).toMatchObject({
      status: 'fail',
      claim: '2 of 1 200 acknowledged events are not in the store',
      evidence: {
        expected: 1200,
        lost: 2,
        events: [
          { index: 7, messageId: 'testrun1:7', type: 'track', ackedAtMs: 100 },
          { index: 9, messageId: 'testrun1:9', type: 'track', ackedAtMs: 100 },
        ],
      },
    })
  })

  it('lists twenty at most', async () => {
    const { evidence } = judge(noLoss, await without(...Array(100).keys()))
    expect(evidence).toMatchObject({ lost: 100, events: { length: 20 } })
  })

  it('names messages by index alone where they cannot be made again', async () => {
    const { traffic: _, ...evidence } = evidenceOf(run, await without(7))
    expect(noLoss.judge(evidence).evidence.events).toEqual([{ index: 7, ackedAtMs: 100 }])
  })

  it('suspects the source too when nothing at all is there', async () => {
    expect(judge(noLoss, await auditOf(run, []))).toMatchObject({
      status: 'fail',
      fix: expect.stringContaining('receipts'),
    })
  })

  it('does not blame what was still coming in when the time was over', async () => {
    expect(judge(noLoss, moving(await without(7)))).toMatchObject({
      status: 'unknown',
      fix: expect.stringContaining('--settle'),
    })
    expect(judge(noLoss, moving(sound)).status).toBe('pass')
  })

  it('does not miss what was sent and never acked, and knows nothing when that is all', async () => {
    const all = setOf(1200)
    const findings = await without(7)
    const sevenUnacked = {
      standings: standingsOf(run.plan, { must: setOf(1200, [...all.firstWithout(setOf(1200, [7]), 1200)]) }),
    }
    expect(judge(noLoss, findings, sevenUnacked).status).toBe('pass')
    expect(judge(noLoss, findings, { standings: standingsOf(run.plan, { must: setOf(1200, []) }) })).toMatchObject({
      status: 'unknown',
      claim: expect.stringContaining('nothing was acknowledged'),
    })
  })

  it('does not claim more than the run can carry, and says what would', () => {
    expect(judge(noLoss, sound, asking({ claim: 1e-2 })).status).toBe('pass')
    expect(judge(noLoss, sound, asking({ claim: 1e-5 }))).toMatchObject({
      status: 'unknown',
      fix: 'Have at least 299 572 events acknowledged, or state a weaker --claim.',
    })
  })
})

describe('no-phantom', () => {
  it('fails for a record under an id that was never made', async () => {
    const stranger = { messageId: 'made-up', userId: 'sq_testrun1_1' }
    const verdict = judge(noPhantom, await auditOf(run, [...soundReceipts(run), stranger]))
    expect(verdict).toMatchObject({ status: 'fail', claim: '1 record of this run was never sent' })
    expect(verdict.evidence.strangers).toMatchObject([{ messageId: 'made-up' }])
  })

  it('fails for a message that the plan has and nobody sent', () => {
    const sent = setOf(1200, Array(1198).keys())
    const verdict = judge(noPhantom, sound, { standings: standingsOf(run.plan, { must: sent, may: sent }) })
    expect(verdict).toMatchObject({ status: 'fail', claim: '2 records of this run were never sent' })
    expect(verdict.evidence.neverSent).toMatchObject([{ index: 1198 }, { index: 1199 }])
  })

  it('leaves alone what was sent and never acked', () => {
    const standings = standingsOf(run.plan, { must: setOf(1200, []) })
    expect(judge(noPhantom, sound, { standings }).status).toBe('pass')
  })

  it('says what bare ids could not show', async () => {
    const bare = await auditOf(
      run,
      soundReceipts(run).map(({ messageId }) => ({ messageId })),
    )
    expect(judge(noPhantom, bare)).toMatchObject({
      status: 'pass',
      claim: expect.stringContaining('could not be told'),
    })
    expect(judge(noPhantom, sound).claim).not.toContain('could not')
  })

  it('knows nothing of an empty store, nor of one that still changes', async () => {
    expect(judge(noPhantom, await auditOf(run, [])).status).toBe('unknown')
    expect(judge(noPhantom, moving(sound)).status).toBe('unknown')
  })
})

describe('idempotent', () => {
  const repeats = evidenceOf(run, null).repeats

  it('prints how many copies came and over which time', () => {
    expect(judge(idempotent, sound).claim).toBe(
      '0 of 10 repeated copies stored again: < 0.26 at 95 % if they are independent; longest time between copies 1.5 s',
    )
  })

  it('fails for a message stored twice, even where none was sent twice', async () => {
    const findings = await auditOf(run, [...soundReceipts(run), soundReceipts(run)[5]!])
    for (const changes of [{}, { repeats: { ...repeats, sent: 0, acked: 0 } }]) {
      expect(judge(idempotent, findings, changes)).toMatchObject({
        status: 'fail',
        claim: '1 of 1 200 messages is stored more than once',
        evidence: { messages: [{ index: 5, messageId: 'testrun1:5', records: 2 }] },
      })
    }
  })

  it('fails for a copy that was refused, with or without receipts', () => {
    const refused = { count: 2, examples: [3, 4].map((index) => ({ index, status: 409 })) }
    for (const findings of [sound, null]) {
      expect(judge(idempotent, findings, { repeats: { ...repeats, refused } })).toMatchObject({
        status: 'fail',
        claim: '2 repeated copies were refused (status 409)',
      })
    }
  })

  it('knows nothing where no copy was sent or accepted', () => {
    const untried = judge(idempotent, sound, { repeats: { ...repeats, sent: 0, acked: 0 } })
    expect(untried).toMatchObject({ status: 'unknown', claim: 'no message was sent twice' })
    const unanswered = judge(idempotent, sound, { repeats: { ...repeats, acked: 0 } })
    expect(unanswered).toMatchObject({ status: 'unknown', claim: 'no repeated copy was accepted' })
  })

  it('knows nothing of an empty store, nor of one that still changes', async () => {
    expect(judge(idempotent, await auditOf(run, [])).status).toBe('unknown')
    expect(judge(idempotent, moving(sound)).status).toBe('unknown')
  })
})
