import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, test } from 'vitest'
import { SqliteStore } from '../../src/adapters/endpoints/sqlite-store.ts'
import { pagesOf } from '../../src/partner/store.ts'

const folder = mkdtempSync(join(tmpdir(), 'squall-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function recordOf(messageId: string) {
  const rest = { account: '', type: 'track', userId: null, event: null, eventTimeMs: 0, receivedAtMs: 0, body: '{}' }
  return { ...rest, messageId, dedupeKey: messageId }
}

/** Rolls back the whole transaction at one message, as SQLite does of itself on a full disk. */
function spoil(path: string): void {
  const database = new DatabaseSync(path)
  database.exec(`CREATE TRIGGER spoil BEFORE INSERT ON events WHEN NEW.message_id = 'poison'
                 BEGIN SELECT RAISE(ROLLBACK, 'no room'); END`)
  database.close()
}

test('a failed transaction keeps nothing, says so at its commit, and the next one is whole again', () => {
  const path = join(folder, 'spoilt.db')
  const store = new SqliteStore(path)
  spoil(path)
  store.add(recordOf('before'))
  expect(() => store.add(recordOf('poison'))).toThrow('no room')
  expect(() => store.add(recordOf('after'))).toThrow('no room')
  expect(() => store.commit()).toThrow('no room')
  expect([...pagesOf(store)]).toEqual([])
  expect(store.add(recordOf('before'))).toBe(true)
  store.commit()
  expect([...pagesOf(store)].flat().map(({ messageId }) => messageId)).toEqual(['before'])
  store.close()
})

test('another reader of the file sees what is committed, and no more', () => {
  const path = join(folder, 'read.db')
  const store = new SqliteStore(path)
  const reader = new DatabaseSync(path, { readOnly: true })
  const count = (): unknown => reader.prepare('SELECT count(*) AS n FROM events').get()?.n
  store.add(recordOf('a'))
  expect(count()).toBe(0)
  store.commit()
  expect(count()).toBe(1)
  reader.close()
  store.close()
})
