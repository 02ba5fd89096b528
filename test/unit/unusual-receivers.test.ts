import { describe, expect, test } from 'vitest'
import { PageOverlap } from '../../src/model/page-overlap.ts'
import type { Answer } from '../../src/partner/answer.ts'
import { parseFault } from '../../src/partner/faults/parse-fault.ts'
import { MemoryStore } from '../../src/partner/memory-store.ts'
import type { OverlappingPage } from '../../src/partner/overlapping-page.ts'
import { Partner } from '../../src/partner/partner.ts'
import { parseStreamFault } from '../../src/partner/stream/stream-faults.ts'
import { eventOf, requestOf } from '../support/partner-traffic.ts'

function partnerWith(...faults: string[]): Partner {
  return new Partner({ store: new MemoryStore(), faults: faults.map(parseFault), seed: 1, later: () => {} })
}

/** The answers to so many messages, a second apart. */
function answersOf(faults: readonly string[], count = 1): Answer[] {
  const partner = partnerWith(...faults)
  return Array.from({ length: count }, (_, i) =>
    partner.receive(requestOf(eventOf({ messageId: `m${i}` }), { receivedAtMs: Date.UTC(2026, 0, 1) + i * 1000 })),
  )
}

describe('an answer', () => {
  test('may come in HTTP/1.0, after hints, with a reason of its own, all at once', () => {
    const [answer] = answersOf(['http-1.0', 'early-hints', 'odd-reasons'])
    expect(answer).toMatchObject({ status: 200, version: '1.0', hinted: true, reason: expect.any(String) })
  })

  test('has one of several reasons, none among them, whatever its status', () => {
    for (const faults of [['odd-reasons'], ['status:503', 'odd-reasons']]) {
      const reasons = new Set(answersOf(faults, 100).map(({ reason }) => reason))
      expect(reasons.size).toBeGreaterThan(2)
      expect(reasons).toContain('')
      expect(reasons).toContain('Fine by me')
    }
  })

  test('whose body is slow has one, as it comes or made up, and is stored', () => {
    expect(answersOf(['slow-body(2s)'])[0]).toMatchObject({
      status: 200,
      bodyMs: 2000,
      delayMs: 0,
      body: expect.stringMatching(/./),
    })
    const [refusal] = answersOf(['status:503', 'slow-body'])
    expect(refusal).toMatchObject({ status: 503, bodyMs: 10_000, body: expect.stringContaining('on purpose') })
    expect(answersOf(['slow-body(2s)', 'slow-body(500ms)'])[0]?.bodyMs).toBe(2500)
  })

  test.each([
    ['slow-body', 'answers-204'],
    ['answers-204', 'slow-body'],
  ])('of 204 has no body that could be slow: %s, %s', (...faults) => {
    const [answer] = answersOf(faults)
    expect([answer?.status, answer?.body, answer?.bodyMs ?? 0]).toEqual([204, '', 0])
  })

  test('that is not HTTP stores nothing, and comes within its window and share', () => {
    const partner = partnerWith('malformed')
    expect(partner.receive(requestOf(eventOf())).wire).toBe('malformed')
    expect([...partner.receipts(0)].flat()).toEqual([])
    const wires = answersOf(['malformed@100s-200s 50%'], 300).map(({ wire }) => wire)
    const malformed = wires.flatMap((wire, i) => (wire === 'malformed' ? [i] : []))
    expect(malformed.length).toBeGreaterThan(30)
    expect(malformed.length).toBeLessThan(70)
    expect(malformed.every((i) => i >= 100 && i < 200)).toBe(true)
  })
})

describe('unordered-receipts', () => {
  const COUNT = 330

  /** The messageIds on each page. */
  function pagesOf(partner: Partner): string[][] {
    const pages: string[][] = []
    for (let after: number | null = 0; after !== null; ) {
      const page: OverlappingPage = partner.page(after, 0)!
      pages.push(page.records.map(({ messageId }) => messageId))
      after = page.nextAfter
    }
    return pages
  }

  function filled(...faults: string[]): Partner {
    const partner = partnerWith(...faults)
    for (let i = 0; i < COUNT; i++) partner.receive(requestOf(eventOf({ messageId: `m${1000 + i}` })))
    return partner
  }

  test('tells every record, in no order, and each page some of the one before', () => {
    const pages = pagesOf(filled('unordered-receipts'))
    expect(new Set(pages.flat()).size).toBe(COUNT)
    expect(pages.length).toBeGreaterThan(3)
    for (const [i, page] of pages.entries()) {
      expect(page).not.toEqual(page.toSorted())
      expect(page.filter((id) => pages[i + 1]?.includes(id))).toHaveLength(i + 1 < pages.length ? 25 : 0)
      expect(page.filter((id) => pages[i + 2]?.includes(id))).toEqual([])
    }
  })

  test('is left as each record once', () => {
    const overlap = new PageOverlap()
    const read = pagesOf(filled('unordered-receipts')).flatMap((page) => overlap.fresh(page, (id) => id))
    expect(read).toHaveLength(COUNT)
    expect(new Set(read).size).toBe(COUNT)
  })

  test('tells no more than would be told otherwise', () => {
    const partner = filled('unordered-receipts', 'visible-late(10s)')
    expect(partner.page(0, Date.UTC(2026, 0, 1))?.records).toEqual([])
    expect(partner.page(0, Date.UTC(2026, 0, 1) + 10_000, 'somebody else')?.records).toEqual([])
  })

  test('is asked of nobody else, who tells no pages', () => {
    expect(filled().page(0, 0)).toBeUndefined()
    expect(() => parseStreamFault('unordered-receipts')).toThrow(/receive partner/)
  })
})

describe('pages that overlap', () => {
  test('hold twice what stands on one page twice, and what comes again two pages later', () => {
    const overlap = new PageOverlap()
    const read = [['a', 'a'], ['a', 'b'], ['c'], ['b']].flatMap((page) => overlap.fresh(page, (text) => text))
    expect(read).toEqual(['a', 'a', 'b', 'c', 'b'])
  })
})
