import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { PostgresStore } from '../../src/adapters/endpoints/postgres-store.ts'
import { SqliteStore } from '../../src/adapters/endpoints/sqlite-store.ts'
import { databaseUrl } from '../../src/adapters/postgres/database-url.ts'
import { MemoryStore } from '../../src/partner/memory-store.ts'
import { type NewRecord, pagesOf, type Store, type StoredRecord } from '../../src/partner/store.ts'
import { urlOfSchema } from '../support/test-cluster.ts'

const folder = mkdtempSync(join(tmpdir(), 'squall-store-'))
let files = 0

const STORES: Readonly<Record<string, () => Store | Promise<Store>>> = {
  memory: () => new MemoryStore(),
  sqlite: () => new SqliteStore(join(folder, `${files++}.db`)),
  postgres: async () => new PostgresStore(databaseUrl(await urlOfSchema())),
}

const opened: Store[] = []
afterEach(() => {
  for (const store of opened.splice(0)) store.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(Object.keys(STORES))('a %s store', (kind) => {
  const open = async (): Promise<Store> => {
    const store = await STORES[kind]!()
    opened.push(store)
    return store
  }

  test('keeps a record to the letter', async () => {
    const store = await open()
    const record = recordOf({
      userId: null,
      event: 'Größe ≥ 1 \u0000 🜚',
      body: '{"a":1.0,"b":"\\u2028"}',
      eventTimeMs: -1,
    })
    store.add(record)
    store.commit()
    expect(all(store)).toEqual([{ ...record, seq: 1 }])
  })

  test('takes a dedupe key once in each account', async () => {
    const store = await open()
    expect(store.add(recordOf({ account: 'a' }))).toBe(true)
    expect(store.add(recordOf({ account: 'a', body: '{"other":1}' }))).toBe(false)
    expect(store.add(recordOf({ account: 'b' }))).toBe(true)
    expect(all(store).map(({ account }) => account)).toEqual(['a', 'b'])
    expect(all(store)[0]?.body).toBe('{}')
  })

  test('knows the key of a record still when the record is committed', async () => {
    const store = await open()
    store.add(recordOf({}))
    store.commit()
    expect(store.add(recordOf({}))).toBe(false)
    store.commit()
    expect(all(store)).toHaveLength(1)
  })

  test('may be committed when there is nothing to commit', async () => {
    const store = await open()
    store.commit()
    store.commit()
    expect(all(store)).toEqual([])
  })

  test('yields all records in the order in which they came, page by page', async () => {
    const store = await open()
    for (let i = 0; i < 450; i++) store.add(recordOf({ dedupeKey: `key ${i}`, receivedAtMs: i }))
    store.commit()
    expect([...pagesOf(store)].map((page) => page.length)).toEqual([200, 200, 50])
    expect(all(store).map(({ receivedAtMs }) => receivedAtMs)).toEqual(Array.from({ length: 450 }, (_, i) => i))
  })

  test('yields the records of one type alone where one is asked for', async () => {
    const store = await open()
    for (let i = 0; i < 450; i++) store.add(recordOf({ dedupeKey: `${i}`, type: i % 2 ? 'track' : 'identify' }))
    const identifies = [...pagesOf(store, 'identify')].flat()
    expect(identifies).toHaveLength(225)
    expect(new Set(identifies.map(({ type }) => type))).toEqual(new Set(['identify']))
  })

  test('removes what a user did by a moment, with its keys, and keeps deletes and everybody else', async () => {
    const store = await open()
    const add = (dedupeKey: string, changes: Partial<NewRecord> = {}): boolean =>
      store.add(recordOf({ dedupeKey, eventTimeMs: 5, ...changes }))
    add('gone')
    add('later', { eventTimeMs: 6 })
    add('delete', { type: 'delete' })
    add('other', { userId: 'sq_test_2' })
    add('elsewhere', { account: 'b' })
    store.remove('', 'sq_test_1', 5)
    store.commit()
    store.remove('', 'sq_test_1', 5)
    store.commit()
    expect(all(store).map(({ dedupeKey }) => dedupeKey)).toEqual(['later', 'delete', 'other', 'elsewhere'])
    expect([add('gone'), add('later')]).toEqual([true, false])
    store.remove('', 'sq_test_1', 5)
    expect(all(store).map(({ dedupeKey }) => dedupeKey)).not.toContain('gone')
  })

  test('behaves as a map from account and key to the first record, whatever comes', async () => {
    const records = fc.array(fc.record({ account: fc.constantFrom('a', 'b'), dedupeKey: fc.string({ maxLength: 2 }) }))
    await fc.assert(
      fc.asyncProperty(records, async (changes) => {
        const store = await open()
        const first = new Map<string, NewRecord>()
        changes.forEach((change, i) => {
          const record = recordOf({ ...change, receivedAtMs: i })
          const key = JSON.stringify([record.account, record.dedupeKey])
          expect(store.add(record)).toBe(!first.has(key))
          if (!first.has(key)) first.set(key, record)
        })
        expect(all(store).map(({ seq: _, ...record }) => record)).toEqual([...first.values()])
      }),
      // A thread and a connection for each of these.
      { numRuns: kind === 'postgres' ? 5 : 30 },
    )
  })
})

function all(store: Store): StoredRecord[] {
  return [...pagesOf(store)].flat().map((record) => ({ ...record }))
}

function recordOf(changes: Partial<NewRecord>): NewRecord {
  return {
    account: '',
    dedupeKey: 'key',
    messageId: 'id',
    type: 'track',
    userId: 'sq_test_1',
    event: null,
    eventTimeMs: 0,
    receivedAtMs: 0,
    body: '{}',
    ...changes,
  }
}
