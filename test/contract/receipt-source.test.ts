import { describe, expect, it } from 'vitest'
import { receiptSource } from '../../src/adapters/receipts/receipt-source.ts'
import { batchesOf, linesOf, type Row, read, serve, tabled, written } from '../support/receipt-stores.ts'
import { queryOfTable, testCluster } from '../support/test-cluster.ts'

/** What a kind of store is filled with; gives the text that names it. */
interface Store {
  readonly name: string
  /** Where its messages say a record stands. */
  readonly at: (record: number) => string
  fill(rows: readonly Row[]): Promise<string>
}

const STORES: readonly Store[] = [
  {
    name: 'http, a record a line',
    at: (record) => `line ${record}`,
    fill: async (rows) => serve((_, answer) => answer.end(linesOf(rows))),
  },
  {
    name: 'http, pages',
    at: (record) => `record ${record}`,
    fill: async (rows) =>
      serve((question, answer) => {
        const from = Number(new URL(question.url ?? '/', 'http://x').searchParams.get('from'))
        const next = from + 400 < rows.length ? `/?from=${from + 400}` : null
        answer.end(JSON.stringify({ records: rows.slice(from, from + 400), next }, null, 1))
      }),
  },
  {
    name: 'http, a list',
    at: (record) => `record ${record}`,
    fill: async (rows) => serve((_, answer) => answer.end(JSON.stringify(rows))),
  },
  {
    name: 'file, a record a line',
    at: (record) => `line ${record}`,
    fill: async (rows) => `file:${written(linesOf(rows))}`,
  },
  {
    name: 'file, a list',
    at: (record) => `record ${record}`,
    fill: async (rows) => `file:${written(JSON.stringify(rows, null, 2))}`,
  },
  {
    name: 'command',
    at: (record) => `line ${record}`,
    fill: async (rows) => `command:cat '${written(linesOf(rows))}'`,
  },
  {
    name: 'sqlite',
    at: (record) => `row ${record}`,
    fill: async (rows) => `sqlite:${tabled(rows)}?query=SELECT * FROM stored ORDER BY rowid`,
  },
  {
    name: 'postgres',
    at: (record) => `row ${record}`,
    fill: async (rows) => `${(await testCluster()).url()}?query=${await queryOfTable(rows)}`,
  },
]

describe.each(STORES)('receipts from $name', (store) => {
  it('come as they are stored, in order, in batches', async () => {
    const rows = Array.from({ length: 2500 }, (_, i) => ({
      messageId: `m-${i}`,
      type: 'track',
      timestamp: 1_767_225_600_000 + i,
      body: `{"a":"Müller 😀 ${i}"}`,
      '/properties/total': i + 0.5,
    }))
    const batches = await batchesOf(await store.fill(rows))
    expect(batches.flat()).toEqual(rows)
    expect(batches.every((batch) => batch.length <= 2500)).toBe(true)
  })

  it('may be none at all', async () => {
    expect(await read(await store.fill([]))).toEqual([])
  })

  it('are read anew each time', async () => {
    const source = receiptSource(await store.fill([{ messageId: 'a' }]))
    for (const _ of [1, 2]) {
      for await (const batch of source.read()) expect(batch).toEqual([{ messageId: 'a' }])
    }
    expect.assertions(2)
  })

  it('leave out nulls and whatever receipts do not have', async () => {
    const rows = [{ messageId: 'a', type: null, receivedAt: 'x', constructor: 'y', '/p': null, '/q': 'z' }]
    expect(await read(await store.fill(rows))).toEqual([{ messageId: 'a', receivedAt: 'x', '/q': 'z' }])
  })

  it('may keep the id under another name', async () => {
    const rows = [{ event_id: 'a', messageId: 'other', type: 'page' }]
    expect(await read(await store.fill(rows), { idField: 'event_id' })).toEqual([{ messageId: 'a', type: 'page' }])
  })

  it('cannot be read without an id, and say where and how to mend it', async () => {
    const spec = await store.fill([{ messageId: 'a' }, { messageId: null, type: 'page' }])
    await expect(read(spec)).rejects.toMatchObject({ name: 'ReceiptsUnreadable' })
    await expect(read(spec)).rejects.toThrow(
      `: ${store.at(2)} has no text under "messageId"; name the field that holds the messageId with --id-field`,
    )
  })

  it('can be left before their end', async () => {
    const rows = Array.from({ length: 2500 }, (_, i) => ({ messageId: `m-${i}` }))
    for await (const batch of receiptSource(await store.fill(rows)).read()) {
      expect(batch[0]).toEqual({ messageId: 'm-0' })
      break
    }
  })
})
