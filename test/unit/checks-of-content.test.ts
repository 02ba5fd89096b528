import { describe, expect, it } from 'vitest'
import { acceptsValid } from '../../src/analysis/checks/accepts-valid.ts'
import type { Check } from '../../src/analysis/checks/check.ts'
import { eventTime } from '../../src/analysis/checks/event-time.ts'
import { unaltered } from '../../src/analysis/checks/unaltered.ts'
import type { AuditFindings } from '../../src/model/audit.ts'
import type { Evidence } from '../../src/model/evidence.ts'
import type { Verdict } from '../../src/model/verdict.ts'
import { auditCase, auditOf, evidenceOf, setOf, soundReceipts, standingsOf } from '../support/audit-case.ts'

const run = auditCase(1200)
const sound = await auditOf(run, soundReceipts(run))

function judge(check: Check, findings: AuditFindings | null, changes: Partial<Evidence> = {}): Verdict {
  return check.judge(evidenceOf(run, findings, changes))
}

describe('unaltered', () => {
  it('says by what content was compared', () => {
    expect(judge(unaltered, sound).claim).toBe(
      '0 of 1 200 altered, compared by body: < 2.5e-3 at 95 % if alterations are independent',
    )
  })

  it('fails with the place, what was sent and what is stored', async () => {
    const receipts = soundReceipts(run)
    receipts[4] = { ...receipts[4]!, '/properties/zip': 420 }
    expect(judge(unaltered, await auditOf(run, receipts))).toMatchObject({
      status: 'fail',
      claim: '1 of 1 200 records compared differs from what was sent, first at /properties/zip',
      evidence: { differences: [{ index: 4, pointer: '/properties/zip', expected: '00420', actual: '420' }] },
    })
  })

  it('fails by a plain field, but passes by none of them', async () => {
    const plain = (type: string) =>
      auditOf(
        run,
        soundReceipts(run).map(({ messageId }) => ({ messageId, type })),
      )
    expect(judge(unaltered, await plain('page')).status).toBe('fail')
    expect(judge(unaltered, await plain('track'))).toMatchObject({
      status: 'unknown',
      claim: 'receipts carry no content that could be compared',
    })
  })
})

describe('event-time', () => {
  const storedAs = (as: (ms: number) => unknown): Promise<AuditFindings> =>
    auditOf(
      run,
      soundReceipts(run).map(({ messageId }, index) => ({
        messageId,
        timestamp: as(run.traffic.timestampMsAt(index)),
      })),
    )

  it('states the unit of the store', async () => {
    expect(judge(eventTime, sound).claim).toContain('misdated, to the millisecond:')
    const seconds = await storedAs((ms) => Math.floor(ms / 1000))
    expect(judge(eventTime, seconds)).toMatchObject({
      status: 'pass',
      claim: expect.stringContaining('to the second:'),
    })
  })

  it('fails for events under another time', async () => {
    const first = run.traffic.timestampMsAt(0)
    const verdict = judge(eventTime, await storedAs((ms) => (ms === first ? ms + 1000 : ms)))
    expect(verdict).toMatchObject({
      status: 'fail',
      claim: "1 of 1 200 event times is not the event's, to the millisecond",
      evidence: { events: [{ index: 0, messageId: 'testrun1:0', actual: String(first + 1000) }] },
    })
  })

  it('fails for a unit coarser than a second', async () => {
    const minutes = await storedAs((ms) => Math.floor(ms / 60_000) * 60)
    expect(judge(eventTime, minutes)).toMatchObject({
      status: 'fail',
      claim: 'event times are kept to the minute only',
    })
  })

  it('knows nothing where none is carried, or none can be read', async () => {
    expect(judge(eventTime, await storedAs(() => null))).toMatchObject({
      status: 'unknown',
      claim: 'receipts carry no event time',
    })
    expect(judge(eventTime, await storedAs(() => 'once'))).toMatchObject({
      status: 'unknown',
      claim: 'none of 1 200 event times could be read',
    })
  })
})

describe('accepts-valid', () => {
  it('passes by the answers alone', () => {
    expect(judge(acceptsValid, null)).toMatchObject({ status: 'pass', evidence: { accepted: 1200 } })
  })

  it('fails for events that were refused for good, with their statuses', () => {
    const examples = [413, 400, 413].map((status, index) => ({ index, status, attempts: 1 }))
    const standings = standingsOf(run.plan, {
      refused: { count: 3, examples },
      must: setOf(1200, Array(1197).keys()),
      refusedSet: setOf(1200, [1197, 1198, 1199]),
    })
    expect(judge(acceptsValid, sound, { standings })).toMatchObject({
      status: 'fail',
      claim: '3 of 1 200 valid events were refused for good (status 400, 413)',
      evidence: { events: [{ index: 0, status: 413, attempts: 1 }, {}, {}] },
    })
  })

  it('knows nothing where nothing was answered', () => {
    expect(judge(acceptsValid, sound, { standings: standingsOf(run.plan, { must: setOf(1200, []) }) }).status).toBe(
      'unknown',
    )
  })
})
