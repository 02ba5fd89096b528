import { afterEach, describe, expect, it, vi } from 'vitest'
import { receiptSource } from '../../src/adapters/receipts/receipt-source.ts'
import { stateSource } from '../../src/adapters/receipts/state-source.ts'
import { read } from '../support/receipt-stores.ts'
import { queryOfTable, testCluster, testSession } from '../support/test-cluster.ts'

const { url, socketUrl, password } = await testCluster()

describe('columns of PostgreSQL', () => {
  it('say what receipts say, each in its way', async () => {
    const query = `SELECT 'a' AS "messageId", timestamptz '2026-03-01 05:45:00.123456+05:45' AS timestamp,
      1767225600123456789 AS "receivedAt", '{"a": 1}'::json AS body, '\\x7b7d'::bytea AS event, 12.50::numeric AS "/properties/total",
      '{"b":[1, null]}'::jsonb AS "/context/page", true AS "/properties/first", '{x,y}'::text[] AS "/context/tags", NULL AS type`
    expect(await read(`${url()}?query=${query}`)).toEqual([
      {
        messageId: 'a',
        timestamp: '2026-03-01 00:00:00.123456+00',
        receivedAt: 1.7672256001234568e18,
        body: '{"a": 1}',
        event: '{}',
        '/properties/total': 12.5,
        '/context/page': { b: [1, null] },
        '/properties/first': true,
        '/context/tags': ['x', 'y'],
      },
    ])
  })

  it('hold times without a zone for UTC, whatever the zone of this machine', async () => {
    const query = `SELECT 'a' AS "messageId", timestamp '2026-03-01 12:00:00' AS timestamp`
    expect(await read(`${url()}?query=${query}`)).toEqual([{ messageId: 'a', timestamp: '2026-03-01 12:00:00' }])
  })

  it('may be a state', async () => {
    const query = `SELECT 'ada' AS "userId", '{"plan":"plus"}'::jsonb AS traits`
    for await (const lines of stateSource(`${url()}?query=${query}`).read()) {
      expect(lines).toEqual([{ userId: 'ada', traits: { plan: 'plus' } }])
    }
    expect.assertions(1)
  })
})

describe('a query of PostgreSQL', () => {
  it('may end in a semicolon, be percent-encoded, and come by a socket, with settings of the session', async () => {
    expect(await read(`${url()}?query=SELECT 'a' AS "messageId" ;\n`)).toEqual([{ messageId: 'a' }])
    expect(await read(`${url()}?query=SELECT%20'a%3Fb%26c'%20AS%20%22messageId%22`)).toEqual([{ messageId: 'a?b&c' }])
    const zone = `current_setting('search_path') AS "messageId"`
    expect(await read(`${socketUrl}&search_path=far&query=SELECT ${zone}`)).toEqual([{ messageId: 'far' }])
  })

  it('is asked for a page at a time', async () => {
    const endless = `SELECT 'm' || generate_series(1, 1000000000000) AS "messageId"`
    for await (const page of receiptSource(`${url()}?query=${endless}`).read()) {
      expect(page).toHaveLength(1000)
      break
    }
    expect.assertions(1)
  })

  it('changes nothing, however it is written', async () => {
    const query = await queryOfTable([{ messageId: 'a' }])
    const table = /FROM (\w+)/.exec(query)![1]
    const sql = await testSession()
    await sql.unsafe(
      `CREATE FUNCTION emptied() RETURNS text LANGUAGE sql AS 'DELETE FROM ${table}; SELECT ''a''::text'`,
    )
    const tries = [
      [`DELETE FROM ${table} RETURNING "messageId"`, 'syntax error at or near "DELETE"'],
      [`${query}; DELETE FROM ${table}`, 'cannot insert multiple commands'],
      [`SELECT 1; COMMIT; DELETE FROM ${table}`, 'cannot insert multiple commands'],
      [`WITH gone AS (DELETE FROM ${table} RETURNING 1) SELECT 'a' AS "messageId"`, 'data-modifying'],
      ['SELECT emptied() AS "messageId"', 'in a read-only transaction; receipts are only read: give a SELECT'],
    ] as const
    for (const [text, message] of tries) await expect(read(`${url()}?query=${text}`)).rejects.toThrow(message)
    expect(await read(`${url()}?query=${query}`)).toEqual([{ messageId: 'a' }])
  })
})

describe('trouble with PostgreSQL is one line', () => {
  const query = `query=SELECT 'a' AS "messageId"`
  const place = url().replace(/\/\/.*@/, '//***@')
  const port = new URL(url()).port

  it.each([
    [
      'a wrong password',
      `postgres://squall:wrong-one@127.0.0.1:${port}/postgres?${query}`,
      / and the password in \$PGPASS/,
    ],
    ['no such database', `${url().replace(/\w+$/, 'other')}?${query}`, /database "other" does not exist; name the/],
    ['no such setting', `${url('zone=1')}&${query}`, /unrecognized configuration parameter "zone"/],
    ['SQL that is none', `${url()}?query=SELEC 1`, /syntax error at or near "SELEC"$/],
    ['no such table', `${url()}?query=SELECT id FROM events`, /relation "events" does not exist$/],
    [
      'nobody there',
      `postgres://me@127.0.0.1:1/x?${query}`,
      /ECONNREFUSED 127.0.0.1:1; is PostgreSQL running there\?$/,
    ],
    ['no such socket', `postgres://me@localhost/x?host=/none&${query}`, /ENOENT .*; is PostgreSQL running there\?$/],
    [
      'another machine',
      `postgres://me@192.0.2.1/x?${query}`,
      /192.0.2.1 is not this machine: come to it through a tunnel/,
    ],
    ['no TLS there', `${url('sslmode=require')}&${query}`, /disconnected before secure TLS/],
  ])('%s', async (_, spec, message) => {
    const trouble = await read(spec).then(String, (error: Error) => error)
    expect(trouble).toMatchObject({ name: 'ReceiptsUnreadable', message: expect.stringMatching(message) })
    expect((trouble as Error).message).not.toMatch(/\n|wrong-one|p@ss|p%40ss/)
  })

  it('names the place without its password', () => {
    expect(receiptSource(`${url()}?${query}`).location).toBe(place)
  })
})

describe('the password of PostgreSQL', () => {
  afterEach(() => vi.unstubAllEnvs())
  const bare = url().replace(/:[^:@]*@/, '@')
  const spec = `${bare}?query=SELECT 'a' AS "messageId"`

  it('may come by a place of its own', async () => {
    expect(await read(spec, { key: password })).toEqual([{ messageId: 'a' }])
  })

  it('may come by $PGPASSWORD', async () => {
    vi.stubEnv('PGPASSWORD', password)
    expect(await read(spec)).toEqual([{ messageId: 'a' }])
  })

  it('is missed where it is not given', async () => {
    await expect(read(spec)).rejects.toThrow('password authentication failed for user "squall"; give the user')
  })
})
