import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arrayElements } from '../../src/partner/array-elements.ts'
import { parseFault } from '../../src/partner/faults/parse-fault.ts'
import { MemoryStore } from '../../src/partner/memory-store.ts'
import { Partner } from '../../src/partner/partner.ts'
import type { PartnerRequest } from '../../src/partner/partner-request.ts'
import { eventOf, requestOf } from '../support/partner-traffic.ts'

const SECRET = 'Geheimnis ü'
const sign = (bytes: string | Uint8Array): string => createHmac('sha1', SECRET).update(bytes).digest('hex')
const UTF8 = new TextDecoder()

function partnerWith(faults: readonly string[] = [], signed = false) {
  const partner = new Partner({
    store: new MemoryStore(),
    faults: faults.map(parseFault),
    seed: 1,
    later: () => {},
    ...(signed && { sign }),
  })
  const stored = (): string[] => [...partner.receipts(Date.UTC(2027, 0))].flat().map(({ body }) => String(body))
  const receive = (body: unknown, changes: Partial<PartnerRequest> = {}) => partner.receive(requestOf(body, changes))
  return { receive, stored }
}

const texts = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => JSON.stringify(eventOf({ messageId: `m${i}`, note: 'ü "[{,\\" 🜚' })))

describe('an array of events', () => {
  test('is stored to the letter, event by event, before it is answered', () => {
    const { receive, stored } = partnerWith()
    const events = [
      '{ "messageId":"a", "type":"page","userId":"u","n":1.0 }',
      '{"messageId":"b","type":"page","userId":"u","t":"\\u00fc,]"}',
    ]
    expect(receive(` [ ${events.join(' ,\n')} ]\n`).status).toBe(200)
    expect(stored()).toEqual(events)
  })

  test.each(['POST', 'PUT', 'PATCH'])('may come by %s', (method) => {
    const { receive, stored } = partnerWith()
    expect(receive(`[${texts(3)}]`, { method }).status).toBe(200)
    expect(stored()).toHaveLength(3)
  })

  test('is absorbed as far as it is known', () => {
    const { receive, stored } = partnerWith()
    receive(`[${texts(3)}]`)
    expect(receive(`[${texts(5)}]`).status).toBe(200)
    expect(stored()).toHaveLength(5)
  })

  test.each([
    ['with an event that lacks its id', `[${texts(2)},{"type":"page"}]`, 'event 3 of 3'],
    ['with something that is no event', `[${texts(2)},7]`, 'event 3 of 3'],
    ['with a comma too many', `[${texts(2)},]`, 'event 3 of 3'],
    ['with a comma too few', '[{"messageId":"a","type":"page"}{"messageId":"b","type":"page"}]', 'event 1 of 1'],
    ['that does not close', `[${texts(2)}`, 'not JSON'],
    ['with something behind it', `[${texts(2)}]x`, 'not JSON'],
    ['that is empty', '[ ]', 'the array is empty'],
  ])('%s gets 400 for all, and nothing is stored', (_, body, why) => {
    const { receive, stored } = partnerWith()
    const answer = receive(body)
    expect([answer.status, answer.body]).toEqual([400, expect.stringContaining(why)])
    expect(stored()).toEqual([])
  })
})

test('an array is taken apart at its elements, whatever they are and whatever space is between them', () => {
  const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/)
  fc.assert(
    fc.property(fc.array(fc.json()), fc.infiniteStream(space), (elements, spaces) => {
      const padded = elements.map((text) => `${spaces.next().value}${text}${spaces.next().value}`)
      const text = `${spaces.next().value}[${padded.join(',')}]${spaces.next().value}`
      const parts = arrayElements(new TextEncoder().encode(text))
      expect(parts?.map((part) => UTF8.decode(part))).toEqual(elements.map((element) => element.trim()))
    }),
  )
})

describe('a partner that knows the shared secret', () => {
  const [event = ''] = texts(1)
  const batch = `[ ${texts(3).join(' , ')} ]`

  test('takes what is signed over the exact bytes, and nothing else', () => {
    const { receive, stored } = partnerWith([], true)
    const reformatted = JSON.stringify(JSON.parse(event), null, 1)
    expect(receive(event, { signature: sign(event) }).status).toBe(200)
    for (const signature of [undefined, '', sign(`${event} `), sign(reformatted), sign(event).toUpperCase()]) {
      expect(receive(event, { signature }).status).toBe(401)
    }
    expect(stored()).toEqual([event])
  })

  test('takes an array whose first event is signed, and none that is signed as a whole', () => {
    const { receive, stored } = partnerWith([], true)
    expect(receive(batch, { signature: sign(batch) }).status).toBe(401)
    expect(receive(batch, { signature: sign(texts(3)[1]!) }).status).toBe(401)
    expect(stored()).toEqual([])
    expect(receive(batch, { signature: sign(texts(3)[0]!) }).status).toBe(200)
    expect(stored()).toHaveLength(3)
  })
})

describe('trouble', () => {
  const requests = Array.from(
    { length: 400 },
    (_, i) => `[${[0, 1, 2, 3, 4].map((j) => JSON.stringify(eventOf({ messageId: `m${i}-${j}` })))}]`,
  )

  test('that is drawn for each try meets a share of the requests, not of their events', () => {
    const { receive } = partnerWith(['status:503 20%'])
    const failed = requests.filter((body) => receive(body).status === 503).length
    expect(failed / requests.length).toBeCloseTo(0.2, 1)
  })

  test('of one event refuses the whole array', () => {
    const { receive, stored } = partnerWith(['rejects-old(30d)'])
    const old = JSON.stringify(eventOf({ messageId: 'old', timestamp: '2020-01-01T00:00:00Z' }))
    expect(receive(`[${texts(2)},${old}]`).status).toBe(400)
    expect(stored()).toEqual([])
  })

  test('partial-batch: stores the first half of an array, says 200, and leaves a single event alone', () => {
    const { receive, stored } = partnerWith(['partial-batch'])
    expect(receive(`[${texts(5)}]`).status).toBe(200)
    expect(stored()).toEqual(texts(3))
    receive('{"messageId":"alone","type":"page","userId":"u"}')
    expect(stored()).toHaveLength(4)
  })

  test('drops-overflow: says 200 to all, and drops what comes faster than it stores once a second’s worth waits', () => {
    const { receive, stored } = partnerWith(['drops-overflow(10/s)'])
    const at = (ms: number, messageId: string) =>
      receive(eventOf({ messageId }), { receivedAtMs: Date.UTC(2026, 0, 1) + ms }).status
    const burst = Array.from({ length: 25 }, (_, i) => at(0, `burst ${i}`))
    expect(new Set(burst)).toEqual(new Set([200]))
    expect(stored()).toHaveLength(10)
    for (let i = 0; i < 25; i++) at(1000 + i * 100, `slow ${i}`)
    expect(stored()).toHaveLength(35)
  })
})
