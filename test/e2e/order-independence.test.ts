import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type ProgramEnd, squall } from '../support/run-program.ts'
import { obeyed } from '../support/staying-squall.ts'

const folder = mkdtempSync(join(tmpdir(), 'squall-orders-'))
afterAll(() => rmSync(folder, { recursive: true }))

const SCENARIO = {
  name: 'orders',
  namespaces: 2,
  people: 20,
  phases: [{ name: 'live', rate: '1200/s', events: 1800, shuffle: '2s' }],
  settle: '500ms',
  timeScale: 1000,
  verdicts: ['no-loss', 'order-independent'],
}

/** Against an embedded partner of its own. */
function run(name: string, faults: readonly string[]): Promise<ProgramEnd> {
  const path = join(folder, `${name}.yaml`)
  writeFileSync(path, JSON.stringify({ ...SCENARIO, partner: { faults } }))
  return squall(['run', path, '--no-warm', '--json', '--quiet', '--out', join(folder, name)])
}

function statusesIn({ stdout }: ProgramEnd): Record<string, string> {
  const { verdicts } = JSON.parse(stdout) as { verdicts: { id: string; status: string }[] }
  return Object.fromEntries(verdicts.map(({ id, status }) => [id, status]))
}

describe.concurrent('for real, from end to end', () => {
  test.each(['last-write-by-arrival', 'assumes-order'])(
    'a partner that %s fails order-independent alone',
    async (fault) => {
      const end = await run(fault, [fault])
      expect(statusesIn(end)).toEqual({ 'no-loss': 'pass', 'order-independent': 'fail' })
      expect(end.code).toBe(1)
    },
  )

  test('a sound one passes, and a later audit judges by the state that it is given', async () => {
    const end = await run('sound', [])
    expect(statusesIn(end)).toEqual({ 'no-loss': 'pass', 'order-independent': 'pass' })
    const made = join(folder, 'sound')
    const before = readFileSync(join(made, 'result.json'), 'utf8')
    expect((await obeyed(['report', made, '--quiet'])).code).toBe(0)
    expect(readFileSync(join(made, 'result.json'), 'utf8')).toBe(before)

    const receipts = `sqlite:${join(made, 'partner.db')}?query=SELECT message_id AS messageId FROM events`
    const state = join(folder, 'others.ndjson')
    writeFileSync(state, '{"userId":"somebody else","traits":{"plan":"free"}}\n')
    const later = ['audit', made, '--receipts', receipts, '--settle', '0s', '--json', '--quiet']
    const [ofOthers, none] = [await obeyed([...later, '--state', `file:${state}`]), await obeyed(later)]
    expect(statusesIn(ofOthers)).toEqual({ 'no-loss': 'pass', 'order-independent': 'unknown' })
    expect(ofOthers.stdout).toContain('the final state names no user of this run')
    expect(none.stdout).toContain('no final state was given')
  })
})
