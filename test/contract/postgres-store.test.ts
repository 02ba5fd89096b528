import { expect, test } from 'vitest'
import { PostgresStore } from '../../src/adapters/endpoints/postgres-store.ts'
import { databaseUrl } from '../../src/adapters/postgres/database-url.ts'
import { type NewRecord, pagesOf } from '../../src/partner/store.ts'
import { testSession, urlOfSchema } from '../support/test-cluster.ts'

function recordOf(messageId: string): NewRecord {
  const rest = { account: '', type: 'track', userId: null, event: null, eventTimeMs: 0, receivedAtMs: 0, body: '{}' }
  return { ...rest, messageId, dedupeKey: messageId }
}

function idsIn(store: PostgresStore): string[] {
  return [...pagesOf(store)].flat().map(({ messageId }) => messageId)
}

/** As when the server is started anew. */
async function cutOff(): Promise<void> {
  const sql = await testSession()
  await sql`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'squall'`
}

test('a store whose connection is lost keeps nothing of that commit, says so, and goes on with the next', async () => {
  const store = new PostgresStore(databaseUrl(await urlOfSchema()))
  store.add(recordOf('kept'))
  store.commit()
  store.add(recordOf('before'))
  await cutOff()
  expect(() => store.add(recordOf('after'))).toThrow(/lost|closed|terminat/i)
  expect(() => store.commit()).toThrow(/lost|closed|terminat/i)
  expect(idsIn(store)).toEqual(['kept'])
  expect(store.add(recordOf('before'))).toBe(true)
  store.commit()
  expect(idsIn(store)).toEqual(['kept', 'before'])
  store.close()
})

test('a commit whose connection is lost is none', async () => {
  const store = new PostgresStore(databaseUrl(await urlOfSchema()))
  store.add(recordOf('lost'))
  await cutOff()
  expect(() => store.commit()).toThrow(/lost|closed|terminat/i)
  expect(idsIn(store)).toEqual([])
  store.close()
})

test('a database that is not there is one line', () => {
  expect(() => new PostgresStore(databaseUrl('postgres://me@127.0.0.1:1/x'))).toThrow(
    /^connect ECONNREFUSED 127.0.0.1:1; is PostgreSQL running there\?$/,
  )
})
