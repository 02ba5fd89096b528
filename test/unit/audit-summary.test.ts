import { describe, expect, it } from 'vitest'
import { auditSummary } from '../../src/analysis/audit-summary.ts'
import { canonicalJson } from '../../src/analysis/canonical-json.ts'
import { boundText } from '../../src/analysis/checks/bound-text.ts'
import { counted, countText } from '../../src/analysis/checks/count-text.ts'
import { upperBound95 } from '../../src/analysis/checks/upper-bound95.ts'
import { auditCase, auditOf, evidenceOf, setOf, soundReceipts, standingsOf } from '../support/audit-case.ts'
import { brokenReceipts } from '../support/memory-receipts.ts'

describe('the audit in numbers', () => {
  const run = auditCase(10)

  it('counts expected, lost, may and never apart, so that they close', async () => {
    // 0–5 acked, 6–8 sent only (8 refused), 9 never sent; 0 lost, 7 absent, 9 there, one stranger, 1 twice.
    const standings = standingsOf(run.plan, {
      must: setOf(10, [0, 1, 2, 3, 4, 5]),
      may: setOf(10, [0, 1, 2, 3, 4, 5, 6, 7, 8]),
      refusedSet: setOf(10, [8]),
    })
    const records = [1, 1, 2, 3, 4, 5, 6, 8, 9].map((index) => soundReceipts(run)[index]!)
    const findings = await auditOf({ ...run, standings }, [...records, { messageId: '?', userId: 'sq_testrun1_1' }])
    expect(auditSummary(evidenceOf(run, findings, { standings }))).toEqual({
      source: 'file',
      expected: 6,
      found: 5,
      lost: 1,
      phantom: 2,
      duplicated: 1,
      altered: 0,
      misdated: 0,
      mayFound: 2,
      mayAbsent: 1,
      rejectedFound: 1,
      lostRatioBound95: upperBound95(1, 6),
      visibleMs: { p50: null, p99: null },
      clockOffsetMs: null,
    })
  })

  it('has nulls, not zeros, where nobody looked', async () => {
    expect(auditSummary(evidenceOf(run, null))).toMatchObject({ source: 'none', expected: 10, found: null, lost: null })
    const unreadable = await auditOf(run, [], { source: brokenReceipts('gone') })
    expect(auditSummary(evidenceOf(run, unreadable))).toMatchObject({ source: 'http', lost: null, phantom: null })
    const bare = await auditOf(
      run,
      soundReceipts(run).map(({ messageId }) => ({ messageId })),
    )
    expect(auditSummary(evidenceOf(run, bare))).toMatchObject({ lost: 0, altered: null, misdated: null })
  })
})

describe('the upper 95 % bound', () => {
  it.each([
    // Known values of the one-sided Clopper–Pearson bound.
    [0, 1, 0.95],
    [0, 10, 0.2588656],
    [1, 10, 0.394163],
    [5, 10, 0.7775588],
    [10, 10, 1],
    [3, 1000, 0.00773501],
  ])('of %i in %i is %f', (hits, trials, bound) => {
    expect(upperBound95(hits, trials)).toBeCloseTo(bound, 5)
  })

  it('stays exact for many', () => {
    expect(upperBound95(0, 1_000_000)).toBeCloseTo(2.995728e-6, 11)
    expect(upperBound95(100_000, 1_000_000)).toBeCloseTo(0.1 + 1.645 * Math.sqrt(0.09 / 1e6), 5)
  })

  it('is nothing where nothing was tried', () => {
    expect(upperBound95(0, 0)).toBeNull()
  })
})

describe('numbers in claims', () => {
  it('groups digits by three and agrees with its noun', () => {
    expect([0, 999, 1000, 12_000, 1_234_567].map(countText)).toEqual(['0', '999', '1 000', '12 000', '1 234 567'])
    expect([counted(1, 'copy', 'copies'), counted(1000, 'event')]).toEqual(['1 copy', '1 000 events'])
  })

  it.each([
    [1, '< 0.95'],
    [10, '< 0.26'],
    [100, '< 3.0e-2'],
    [12_000, '< 2.5e-4'],
    [1_000_000, '< 3.0e-6'],
  ])('bounds none in %i by %s', (trials, bound) => {
    expect(boundText(trials, 'losses')).toBe(`${bound} at 95 % if losses are independent`)
  })
})

describe('canonical JSON', () => {
  it('sorts keys by code unit at every depth and writes numbers and texts as ECMAScript does', () => {
    const text =
      '{ "b": [1.0, 1e21, -0, {"z": null, "a": true}], "\\u20ac": "\\u000a\\u2028", "a": 1e-7, "\\ud83d\\ude00": "", "\\ufb33": "" }'
    expect(canonicalJson(JSON.parse(text))).toBe(
      '{"a":1e-7,"b":[1,1e+21,0,{"a":true,"z":null}],"€":"\\n\u2028","😀":"","\ufb33":""}',
    )
  })
})
