import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { SqliteStreamStore } from '../../src/adapters/endpoints/sqlite-stream-store.ts'
import type { NewRecord } from '../../src/partner/store.ts'
import { MemoryStreamStore } from '../../src/partner/stream/memory-stream-store.ts'
import type { Discard, StreamStore } from '../../src/partner/stream/stream-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'squall-stream-store-'))
const opened: StreamStore[] = []
let files = 0
const pathOf = (file: number): string => join(folder, `${file}.db`)

const STORES: Readonly<Record<string, () => StreamStore>> = {
  memory: () => new MemoryStreamStore(1000),
  sqlite: () => new SqliteStreamStore(pathOf(files++), 1000),
}

function kept<Kept extends StreamStore>(store: Kept): Kept {
  opened.push(store)
  return store
}

afterEach(() => {
  for (const store of opened.splice(0)) store.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function recordOf(messageId: string, changes: Partial<NewRecord> = {}): NewRecord {
  const rest = { account: 'one', type: 'track', userId: 'u', event: null, eventTimeMs: -5, receivedAtMs: 100 }
  return { ...rest, messageId, dedupeKey: messageId, body: `{"n":"${messageId} ü🜚"}`, ...changes }
}

const DISCARD: Discard = {
  source: '',
  messageId: null,
  type: null,
  userId: null,
  event: 'x',
  code: 'duplicate',
  atMs: 7,
}
const idsIn = (store: StreamStore): string[] => store.page(0, 10_000).map(({ messageId }) => messageId)

describe.each(Object.keys(STORES))('a %s store of the HTTP Tracking API', (kind) => {
  const open = (): StreamStore => kept(STORES[kind]!())

  test('gives back what it was given, in order', () => {
    const store = open()
    const records = [recordOf('b'), recordOf('a', { userId: null, event: 'E', account: 'two' })]
    for (const record of records) expect(store.add(record)).toBe(true)
    store.commit()
    expect(store.page(0, 10)).toEqual(records.map((record, i) => ({ ...record, seq: i + 1 })))
  })

  test('takes a message once within the window, counted from its first coming, and in each source', () => {
    const store = open()
    const add = (receivedAtMs: number, account = 'one') => store.add(recordOf('a', { receivedAtMs, account }))
    expect([add(100), add(100), add(1099), add(100, 'two')]).toEqual([true, false, false, true])
    store.commit()
    expect([add(1099), add(1100), add(1101)]).toEqual([false, true, false])
    store.commit()
    expect([add(2099), add(2100)]).toEqual([false, true])
  })

  test('knows each of many messages, and takes no other for one of them', () => {
    const store = open()
    const ids = Array.from({ length: 5000 }, (_, i) => `m${i}`)
    expect(ids.every((id) => store.add(recordOf(id)))).toBe(true)
    store.commit()
    expect(ids.some((id) => store.add(recordOf(id)))).toBe(false)
    expect(idsIn(store)).toEqual(ids)
  })

  test('tells records and discards page by page', () => {
    const store = open()
    for (let i = 0; i < 150; i++) {
      store.add(recordOf(`m${i}`))
      store.discard({ ...DISCARD, atMs: i })
    }
    store.commit()
    const [first, second] = [store.page(0, 100), store.page(100, 100)]
    expect([first.length, second.length, second[0]!.messageId]).toEqual([100, 50, 'm100'])
    expect(store.discards(100, 1)).toEqual([{ ...DISCARD, atMs: 100, seq: 101 }])
  })
})

describe('the SQLite store of the HTTP Tracking API', () => {
  test('knows what was there before it was opened again', () => {
    const path = pathOf(files++)
    const before = new SqliteStreamStore(path, 1000)
    before.add(recordOf('a'))
    before.discard(DISCARD)
    before.close()
    const store = kept(new SqliteStreamStore(path, 1000))
    expect([store.add(recordOf('a')), store.add(recordOf('b'))]).toEqual([false, true])
    store.commit()
    expect([idsIn(store), store.discards(0, 10)]).toEqual([['a', 'b'], [{ ...DISCARD, seq: 1 }]])
  })

  test('keeps nothing of a commit that fails, says so, and takes the same messages for new afterwards', () => {
    const path = pathOf(files++)
    const store = kept(new SqliteStreamStore(path, 1000))
    store.add(recordOf('kept'))
    store.commit()
    const other = new DatabaseSync(path)
    other.exec(`CREATE TRIGGER full BEFORE INSERT ON stream_events BEGIN SELECT RAISE(ABORT, 'no room'); END`)
    store.add(recordOf('lost'))
    store.discard(DISCARD)
    expect(() => store.commit()).toThrow('no room')
    other.exec('DROP TRIGGER full')
    other.close()
    expect(store.discards(0, 10)).toEqual([])
    expect([store.add(recordOf('lost')), store.add(recordOf('kept'))]).toEqual([true, false])
    store.commit()
    expect(idsIn(store)).toEqual(['kept', 'lost'])
  })
})
