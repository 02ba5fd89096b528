import { describe, expect, test } from 'vitest'
import { faultNames } from '../../src/partner/faults/catalogue.ts'
import { parseFault } from '../../src/partner/faults/parse-fault.ts'
import { MemoryStore } from '../../src/partner/memory-store.ts'
import { Partner } from '../../src/partner/partner.ts'
import { eventOf, requestOf } from '../support/partner-traffic.ts'

function partnerWith(...faults: string[]): Partner {
  return new Partner({ store: new MemoryStore(), faults: faults.map(parseFault), seed: 1, later: () => {} })
}

/** The statuses of `count` messages that come a second apart. */
function statusesOf(fault: string, count: number): number[] {
  const partner = partnerWith(fault)
  return Array.from({ length: count }, (_, i) => {
    const receivedAtMs = Date.UTC(2026, 0, 1) + i * 1000
    return partner.receive(requestOf(eventOf({ messageId: `m${i}` }), { receivedAtMs })).status
  })
}

describe('a fault is written as', () => {
  test('a name alone, when it needs no argument or has a usual one', () => {
    for (const { name } of faultNames()) expect(parseFault(name).name).toBe(name)
  })

  test('a name with its argument, after a colon or in parentheses', () => {
    expect(statusesOf('status:502', 1)).toEqual([502])
    expect(statusesOf('status(502)', 1)).toEqual([502])
  })

  test('a status with a Retry-After', () => {
    const answer = partnerWith('status:429,retry-after=2').receive(requestOf(eventOf()))
    expect(answer.headers.slice(-2)).toEqual(['retry-after', '2'])
  })

  test('something with a window, which counts from the first request and leaves its end out', () => {
    expect(statusesOf('status:503@2s-4s', 6)).toEqual([200, 200, 503, 503, 200, 200])
  })

  test('something with a share of the requests', () => {
    const failed = statusesOf('status:503 30%', 2000).filter((status) => status === 503).length
    expect(failed / 2000).toBeGreaterThan(0.25)
    expect(failed / 2000).toBeLessThan(0.35)
  })

  test('something with a window and a share', () => {
    const statuses = statusesOf('status:503@100s-200s 50%', 300)
    const failedAt = statuses.flatMap((status, i) => (status === 503 ? [i] : []))
    expect(failedAt.length).toBeGreaterThan(30)
    expect(failedAt.length).toBeLessThan(70)
    expect(failedAt.every((i) => i >= 100 && i < 200)).toBe(true)
  })

  test('a delay that is fixed or exponential', () => {
    expect(partnerWith('delay:100ms').receive(requestOf(eventOf())).delayMs).toBe(100)
    const partner = partnerWith('delay:exp(50ms)')
    const delays = Array.from(
      { length: 4000 },
      (_, i) => partner.receive(requestOf(eventOf({ messageId: `m${i}` }))).delayMs,
    )
    const mean = delays.reduce((a, b) => a + b) / delays.length
    expect(mean).toBeGreaterThan(46)
    expect(mean).toBeLessThan(54)
    expect(Math.max(...delays)).toBeGreaterThan(250)
  })

  test('one of several, which all apply', () => {
    const answer = partnerWith('delay:100ms', 'slow(1s)', 'answers-204').receive(requestOf(eventOf()))
    expect(answer).toMatchObject({ status: 204, delayMs: 1100 })
  })
})

describe('a fault that makes no sense is one line that says how to mend it:', () => {
  test.each([
    ['a name nearly right', 'status503', /did you mean "status"/],
    ['a name with a letter off', 'dedupe-rac', /did you mean "dedupe-race"/],
    ['a name far off', 'earthquake', /known are status, delay/],
    ['a status out of range', 'status:99', /"99" is not a whole number from 200 to 599/],
    ['an option unknown', 'status:503,after=2', /write retry-after=2/],
    ['a time without unit', 'delay:100', /write it as 100ms/],
    ['a share beyond all', 'loses(2)', /"2" is not a share/],
    ['an empty argument', 'loses()', /"" is not a share/],
    ['a burst without its time', 'loses-in-burst(100)', /"100" is not a rate of 1\/s or more: write it as 100\/s/],
    ['a batch of none', 'loses-last-batch(0)', /"0" is not a whole number from 1 to 1000000/],
    ['a memory without a time', 'loses-on-restart(2)', /"2" is not a time: write it as 100ms/],
    ['a share in the argument’s place', 'stores-on-retry(5%)', /stores-on-retry takes no argument/],
    ['an argument too many', 'hang:5s', /hang takes no argument/],
    ['an argument of what is not HTTP', 'malformed:3', /malformed takes no argument/],
    ['a name with a dot and a digit off', 'http-1.1', /did you mean "http-1.0"/],
    ['a body whose time has no unit', 'slow-body:5', /write it as 100ms/],
    ['a body without a time', 'slow-body()', /"" is not a time/],
    ['a wait that nobody waits', 'loses-on-restart(30d)', /"30d" is longer than anybody waits: write a day at most/],
    ['a share of how receipts are told', 'unordered-receipts 5%', /takes no window and no share/],
    ['a window that ends first', 'hang@5s-2s', /ends before it begins/],
    ['a window where it means nothing', 'visible-late@1s-2s', /takes no window/],
    ['half a window', 'hang@5s', /cannot be read/],
    ['nothing', '', /cannot be read/],
  ])('%s', (_, spec, message) => {
    expect(() => parseFault(spec)).toThrow(
      expect.objectContaining({ name: 'FaultError', message: expect.stringMatching(message) }),
    )
    expect(() => parseFault(spec)).toThrow(/^[^\n]*$/)
  })
})

describe('the catalogue', () => {
  test('says in one line what each fault means', () => {
    for (const { meaning } of faultNames()) expect(meaning).toMatch(/^[^\n]{10,120}$/)
  })
})
