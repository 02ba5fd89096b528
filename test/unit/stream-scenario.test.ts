import { describe, expect, test } from 'vitest'
import { MIXES } from '../../src/model/mix.ts'
import { planned, resolved, written } from '../support/scenarios.ts'

const SINGLE = { profile: 'stream' }
const BATCHES = { profile: 'stream', batch: 500, ceiling: '1000/s' }

describe('a stream', () => {
  test('is told in single calls of the squall tool, with the key in the header, to 50 requests a second', () => {
    const { stream, traffic, delivery } = planned(written(SINGLE))
    expect(stream).toMatchObject({ endpoint: 'single', paths: 'long', auth: 'header', gzip: false })
    expect(stream).toMatchObject({ integration: { name: 'squall', version: '1.0.0' }, eventBytesMax: 32_768 })
    expect(traffic.mix).toBe(MIXES.stream)
    expect([delivery.attemptsPerSecondMax, delivery.batchSize]).toEqual([50, 0])
  })

  test('is what its author says', () => {
    const own = { integration: { name: 'mail-tool', version: '2.1.0' }, paths: 'short', auth: 'body', gzip: true }
    const plan = planned(written({ ...BATCHES, ...own, mix: 'ecommerce' }))
    expect(plan.stream).toMatchObject({ ...own, endpoint: 'batch', batchBytesMax: 500_000 })
    expect(plan.traffic.mix).toBe(MIXES.ecommerce)
    expect(plan.delivery).toMatchObject({ attemptsPerSecondMax: 1000, batchSize: 500 })
  })

  test('is no part of another profile’s plan', () => {
    expect('stream' in planned(written())).toBe(false)
    expect(planned(written()).traffic.mix).toBe(MIXES.default)
  })

  test('sends its batches from one queue, unless the author wants several', () => {
    expect(planned(written(BATCHES)).lanes).toBe(1)
    expect(planned(written({ ...BATCHES, lanes: 4 })).lanes).toBe(4)
    expect(planned(written(SINGLE)).lanes).toBe(64)
  })

  test.each([
    ['fills a batch in the ten seconds that it may wait', '0.1/s', {}, 500],
    ['sends a batch with as much as came in ten seconds', '0.05/s', {}, 250],
    ['waits as long as the author lets it', '0.05/s', { batchAge: '30s' }, 500],
    ['parts what comes among its queues', '0.1/s', { lanes: 5 }, 100],
    ['carries one event where no second one comes in time', '0.05/s', { batchAge: '10ms' }, 1],
  ])('%s', (_, rate, changes, size) => {
    const phase = { rate, duration: '100s' }
    expect(planned(written({ ...BATCHES, ...changes }, phase)).delivery.batchSize).toBe(size)
  })

  test.each([
    [{ ...SINGLE, batch: 2501 }, 'write 2500 at most'],
    [{ ...SINGLE, endpoint: 'batch' }, 'say how many events a request carries'],
    [{ ...BATCHES, endpoint: 'single' }, 'a single call carries one event'],
    [{ ...SINGLE, method: 'PUT' }, 'the HTTP API takes POST alone'],
    [{ ...SINGLE, apiKey: 'env:K' }, 'set writeKey'],
    [{ ...SINGLE, sharedSecret: 'env:S' }, 'knows no signature'],
    [{ ...SINGLE, mix: { erasure: 1 } }, 'has no delete call'],
    [{ gzip: true }, 'the subscription profile has no such thing; set profile: stream'],
    [{ profile: 'actions', region: 'eu' }, 'the actions profile has no such thing'],
  ])('refuses what the HTTP API does not know: %o', (fields, message) => {
    expect(() => resolved(written(fields))).toThrow(message)
  })
})
