import { describe, expect, test } from 'vitest'
import { ForgettingStore } from '../../src/partner/forgetting-store.ts'
import { MemoryStore } from '../../src/partner/memory-store.ts'
import { type NewRecord, pagesOf, type Store } from '../../src/partner/store.ts'

const keep = (store: Store): ForgettingStore => new ForgettingStore(store, () => true)
const idsIn = (store: Store): string[] => [...pagesOf(store)].flat().map(({ messageId }) => messageId)

describe('a delete', () => {
  test('removes what its user did before it, and stays itself; others stay as they are', () => {
    const store = new MemoryStore()
    const kept = keep(store)
    for (const record of [did('a', 1), did('other', 1, 'u2'), did('elsewhere', 1, 'u1', 'b'), deleted('d', 5)])
      kept.add(record)
    expect(idsIn(store)).toEqual(['other', 'elsewhere', 'd'])
  })

  test('keeps out what happened before it, whenever that comes and however often', () => {
    const store = new MemoryStore()
    const kept = keep(store)
    kept.add(did('a', 1))
    kept.add(deleted('d', 5))
    expect([kept.add(did('a', 1)), kept.add(did('late', 5)), kept.add(deleted('d', 5))]).toEqual([false, false, false])
    expect(idsIn(store)).toEqual(['d'])
  })

  test('leaves alone what its user did later: that is a new consent', () => {
    const store = new MemoryStore()
    const kept = keep(store)
    kept.add(did('later', 6))
    kept.add(deleted('d', 5))
    expect([kept.add(did('again', 7)), kept.add(did('later', 6))]).toEqual([true, false])
    expect(idsIn(store)).toEqual(['later', 'd', 'again'])
  })

  test('of two the one that happened last counts, in whichever order they come', () => {
    const store = new MemoryStore()
    const kept = keep(store)
    for (const record of [deleted('d2', 9), deleted('d1', 5), did('a', 7)]) kept.add(record)
    expect(idsIn(store)).toEqual(['d2', 'd1'])
  })

  test('is remembered by whoever opens the store next', () => {
    const store = new MemoryStore()
    keep(store).add(deleted('d', 5))
    expect(keep(store).add(did('a', 1))).toBe(false)
  })

  test('without a userId is stored and forgets nobody', () => {
    const store = new MemoryStore()
    const kept = keep(store)
    kept.add(did('a', 1))
    expect(kept.add({ ...deleted('d', 5), userId: null })).toBe(true)
    expect(idsIn(store)).toEqual(['a', 'd'])
  })
})

function did(messageId: string, eventTimeMs: number, userId = 'u1', account = 'a'): NewRecord {
  const named = { account, dedupeKey: messageId, messageId, type: 'track', userId, event: 'Order Completed' }
  return { ...named, eventTimeMs, receivedAtMs: 0, body: '{}' }
}

function deleted(messageId: string, eventTimeMs: number): NewRecord {
  return { ...did(messageId, eventTimeMs), type: 'delete', event: null }
}
