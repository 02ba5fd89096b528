import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { discardSource } from '../../src/adapters/receipts/discard-source.ts'
import type { DiscardLine } from '../../src/model/discards.ts'

const folder = mkdtempSync(join(tmpdir(), 'squall-discards-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function linesOf(text: string): Promise<DiscardLine[]> {
  const path = join(folder, 'discards')
  writeFileSync(path, text)
  const lines: DiscardLine[] = []
  for await (const page of discardSource(`file:${path}`).read()) lines.push(...page)
  return lines
}

describe('discards are read from', () => {
  it('lines of the embedded API, which say more than is needed', async () => {
    const text =
      '{"messageId":"m1","type":"track","code":"id_not_string","atMs":5,"account":"s"}\n{"code":"empty_batch","atMs":6}\n'
    expect(await linesOf(text)).toEqual([
      { messageId: 'm1', code: 'id_not_string', count: 1 },
      { code: 'empty_batch', count: 1 },
    ])
  })

  it('lines that count by reason, under whatever name they have it', async () => {
    const text =
      '{"reason":"bad_request","count":3}\n{"discard_reason":"locked_workspace","total":"12"}\n{"messageId":"m2","error_code":400}\n{"count":-1}'
    expect(await linesOf(text)).toEqual([
      { code: 'bad_request', count: 3 },
      { code: 'locked_workspace', count: 12 },
      { messageId: 'm2', code: '400', count: 1 },
      { code: '', count: 1 },
    ])
  })

  it('a workspace’s own count over time', async () => {
    const dataset = [
      {
        discardReason: 'no_user_anon_id',
        series: [
          { time: 'a', count: 2 },
          { time: 'b', count: '5' },
        ],
      },
      { discardReason: 'event_not_string', total: 1, series: [] },
    ]
    const expected = [
      { code: 'no_user_anon_id', count: 7 },
      { code: 'event_not_string', count: 1 },
    ]
    expect(await linesOf(JSON.stringify({ data: { dataset } }))).toEqual(expected)
    expect(await linesOf(JSON.stringify({ data: dataset }, null, 2))).toEqual(expected)
    expect(await linesOf(JSON.stringify(dataset))).toEqual(expected)
  })

  it('an empty file: nothing was discarded', async () => {
    expect(await linesOf('')).toEqual([])
  })

  it('nothing that is no JSON, and the complaint names the line', async () => {
    await expect(linesOf('{"code":"a"}\nnot json\n')).rejects.toThrow(/line 2/)
  })
})
