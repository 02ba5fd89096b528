import { describe, expect, it } from 'vitest'
import { receiptSource } from '../../src/adapters/receipts/receipt-source.ts'
import type { Receipt } from '../../src/model/receipt.ts'
import { linesOf, read, serve, tabled, written } from '../support/receipt-stores.ts'

describe('text of receipts', () => {
  const readText = (text: string): Promise<Receipt[]> => read(`file:${written(text)}`)

  it('may have blank lines, line ends of Windows, a byte order mark and no end of line', async () => {
    expect(await readText('\ufeff\r\n{"messageId":"a"}\r\n\n  {"messageId":"b"}')).toEqual([
      { messageId: 'a' },
      { messageId: 'b' },
    ])
  })

  it('may hold characters that a chunk cuts in two', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => ({ messageId: `😀${i}`, event: '€€€' }))
    expect(await readText(linesOf(rows))).toEqual(rows)
  })

  it.each([
    ['{"messageId":"a"}\n\n{"messageId":', 'line 3 is not a JSON object'],
    ['{"messageId":"a"}\n["messageId"]', 'line 2 is not a JSON object'],
    ['\nmessageId\na', 'line 2 is not a JSON object'],
    ['"a"', 'line 1 is not a JSON object'],
    ['[{"messageId":"a"}, 5]', 'record 2 is not a JSON object'],
    ['{"id":"a"}', 'line 1 has no text under "messageId"'],
    ['{"messageId":""}', 'line 1 has no text under "messageId"'],
    ['{"data":[{"messageId":"a"}],"next":"/2"}', 'names a next one'],
    ['{"data":[],"next":5}', '"next" of a page is neither a URL nor null'],
  ])('that reads %j is refused: %s', async (text, message) => {
    await expect(readText(text)).rejects.toThrow(message)
  })

  it('cannot reach into the prototypes of what reads it', async () => {
    const [receipt] = await readText('{"messageId":"a","__proto__":{"type":"x"},"/__proto__":1}')
    expect(receipt).toEqual({ messageId: 'a', '/__proto__': 1 })
    expect(Object.getPrototypeOf(receipt)).toBe(Object.prototype)
  })
})

describe('receipts over http', () => {
  it.each(['records', 'data', 'items'])('may stand under %s', async (name) => {
    const spec = await serve((_, answer) => answer.end(JSON.stringify({ [name]: [{ messageId: 'a' }], next: '' })))
    expect(await read(spec)).toEqual([{ messageId: 'a' }])
  })

  it('are one record where two neighbouring pages show it alike, and two where one page does', async () => {
    const pages: Record<string, unknown> = {
      '/': { records: ['a', 'b', 'b'].map((messageId) => ({ messageId })), next: '2' },
      '/2': { records: ['b', 'c'].map((messageId) => ({ messageId })), next: null },
    }
    const spec = await serve((question, answer) => answer.end(JSON.stringify(pages[question.url ?? ''])))
    expect((await read(spec)).map(({ messageId }) => messageId)).toEqual(['a', 'b', 'b', 'c'])
  })

  it('do not go round in circles', async () => {
    const spec = await serve((_, answer) => answer.end('{"records":[],"next":"/b"}'))
    await expect(read(spec)).rejects.toThrow('the pages go round')
  })

  it('do not lead elsewhere', async () => {
    const spec = await serve((_, answer) => answer.end('{"records":[],"next":"http://127.0.0.1:1/"}'))
    await expect(read(spec)).rejects.toThrow('the next page is elsewhere: http://127.0.0.1:1')
  })

  it.each([500, 404, 302])('cannot be read from an answer %i', async (status) => {
    const spec = await serve((_, answer) => answer.writeHead(status, { location: '/x' }).end())
    await expect(read(spec)).rejects.toThrow(`answered ${status}`)
  })

  it('cannot be read where the answer breaks off', async () => {
    const spec = await serve((_, answer) => {
      answer.writeHead(200, { 'content-length': 1000 })
      answer.write('{"messageId":"a"}\n', () => answer.destroy())
    })
    await expect(read(spec)).rejects.toMatchObject({ name: 'ReceiptsUnreadable' })
  })

  it('cannot be read where nobody listens', async () => {
    await expect(read('http://127.0.0.1:1/receipts')).rejects.toThrow(
      'http://127.0.0.1:1/receipts: connect ECONNREFUSED',
    )
  })

  it('are asked for with the credentials of the URL, which are never shown', async () => {
    const spec = await serve((question, answer) => {
      answer.end(JSON.stringify([{ messageId: question.headers.authorization ?? 'none' }]))
    })
    const secret = spec.replace('://', '://me:p%40ss@')
    expect(await read(secret)).toEqual([{ messageId: `Basic ${Buffer.from('me:p@ss').toString('base64')}` }])
    expect(receiptSource(`${secret}?api_key=abc&x=1`).location).toBe(
      `${spec.replace('://', '://***@')}?api_key=***&x=1`,
    )
  })

  it.each(['http://192.0.2.1/', 'http://169.254.169.254/', 'http://[2001:db8::1]/'])(
    'are not read from %s unless it is allowed',
    async (spec) => {
      await expect(read(spec)).rejects.toThrow('is not this machine')
    },
  )

  it('are read from a host that is allowed', async () => {
    const asked: string[] = []
    const spec = await serve((_, answer) => answer.end('{"messageId":"a"}'))
    const allowHost = (host: string): boolean => asked.push(host) > 0
    expect(await read(spec, { allowHost })).toEqual([{ messageId: 'a' }])
    expect(asked).toEqual(['127.0.0.1'])
  })
})

describe('receipts of a command', () => {
  it('cannot be read when it fails, and say why in its own words', async () => {
    await expect(
      read(`command:echo '{"messageId":"a"}'; echo one >&2; printf 'no \\033[1mtable\\n' >&2; exit 3`),
    ).rejects.toThrow(/: the command ended with exit code 3: no \s*\[1mtable$/)
    await expect(read('command:kill -9 $$')).rejects.toThrow('the command was ended by SIGKILL')
  })

  it('hide secrets in their place', () => {
    const { location } = receiptSource(`command:PGPASSWORD='a b' curl -H 'Authorization: Bearer xyz' http://u:p@h/`)
    expect(location).toBe(`command:PGPASSWORD=*** curl -H 'Authorization: Bearer ***' http://***@h/`)
  })
})

describe('receipts of SQLite', () => {
  const rows = [{ messageId: 'a', n: 1 }]

  it('need a query', () => {
    expect(() => receiptSource('sqlite:store.db')).toThrow('give the query that reads it: sqlite:PATH?query=SELECT')
  })

  it.each([
    'SELECT messageId, n + 1 AS "/n" FROM stored',
    'SELECT%20messageId,%20n%20%2B%201%20AS%20%22/n%22%20FROM%20stored',
  ])('are read by the query %s', async (query) => {
    expect(await read(`sqlite:${tabled(rows)}?query=${query}`)).toEqual([{ messageId: 'a', '/n': 2 }])
  })

  it('give bytes as text and large integers as numbers', async () => {
    const query = `SELECT messageId, x'7b7d' AS body, 1767225600123456789 AS timestamp FROM stored`
    expect(await read(`sqlite:${tabled(rows)}?query=${query}`)).toEqual([
      { messageId: 'a', body: '{}', timestamp: 1.7672256001234568e18 },
    ])
  })

  it('are never written to', async () => {
    const path = tabled(rows)
    await expect(read(`sqlite:${path}?query=DELETE FROM stored RETURNING messageId`)).rejects.toThrow('readonly')
    expect(await read(`sqlite:${path}?query=SELECT messageId FROM stored`)).toEqual([{ messageId: 'a' }])
  })

  it.each([
    ['missing.db?query=SELECT 1', 'there is no such file'],
    [`${tabled(rows)}?query=SELEC 1`, 'near "SELEC": syntax error'],
  ])('cannot be read from %s', async (rest, message) => {
    await expect(read(`sqlite:${rest}`)).rejects.toThrow(message)
  })
})

describe('what names a source', () => {
  it.each([
    ['fil:x', 'there is no source "fil"; did you mean file:?'],
    ['htp://127.0.0.1/', 'did you mean http:?'],
    ['sqlit:x', 'did you mean sqlite:?'],
    ['receipts.ndjson', 'for a file write file:receipts.ndjson'],
    [
      'gopher://x',
      'receipts are read from http(s)://…, file:PATH, command:…, sqlite:PATH?query=…, postgres://…?query=…',
    ],
    ['postgres://u:secret@h/db', 'postgres://***@h/db: give the query that reads it: postgres://user@127.0.0.1/'],
    ['postgres://u:s@cret@h/db?query=SELECT 1', 'postgres://***@h/db: write @ and / in a user or a password as %40'],
    ['postgres://h:x/db?query=SELECT 1', 'postgres://h:x/db: this is not a URL; write it as postgres://user@127.0.0.1'],
    ['postgres://h/db?sslmode=on&query=SELECT 1', 'sslmode is one of disable, prefer, require, verify-full, not "on"'],
    ['http://', 'this is not a URL'],
  ])('is not %s, and the message says what is', (spec, message) => {
    expect(() => receiptSource(spec)).toThrow(message)
  })

  it('may be a file URL', async () => {
    expect(await read(`file://${written('{"messageId":"a"}')}`)).toEqual([{ messageId: 'a' }])
  })

  it('is a file that is there', async () => {
    await expect(read('file:missing.ndjson')).rejects.toThrow('file:missing.ndjson: ENOENT')
  })
})
