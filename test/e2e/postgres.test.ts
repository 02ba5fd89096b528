import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { spawnPartner } from '../../src/adapters/endpoints/partner-process.ts'
import { type ProgramEnd, squall } from '../support/run-program.ts'
import { testSession, urlOfSchema } from '../support/test-cluster.ts'

const cli = fileURLToPath(new URL('../support/partner-entry.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'squall-postgres-'))
afterAll(() => rmSync(folder, { recursive: true }))

const scenario = join(folder, 'short.yaml')
writeFileSync(
  scenario,
  'name: short\npeople: 100\nphases: [{ name: live, rate: 100/s, duration: 1s, duplicates: 20% }]\nsettle: 2s\ntimeScale: 1000\n',
)

const QUERY =
  'SELECT message_id AS "messageId", to_timestamp(event_time_ms / 1000.0) AS timestamp, body FROM squall_events'

/** A run against a partner whose store is in PostgreSQL, audited by a query of that. */
async function run(faults: readonly string[]): Promise<ProgramEnd> {
  const store = await urlOfSchema()
  const partner = await spawnPartner({ cli, port: 0, store, faults, seed: 1 })
  try {
    const out = join(folder, faults.join('') || 'sound')
    const places = ['--target', partner.url, '--receipts', `${store}&query=${QUERY}`, '--out', out]
    return await squall(['run', scenario, ...places, '--no-warm', '--json', '--quiet'])
  } finally {
    await partner.stop()
  }
}

describe('a partner with its store in PostgreSQL', () => {
  test('is found sound by what the database says', async () => {
    const end = await run([])
    expect({ code: end.code, stderr: end.stderr }).toEqual({ code: 0, stderr: '' })
    const { audit } = JSON.parse(end.stdout)
    expect(audit).toMatchObject({ source: 'postgres', lost: 0, duplicated: 0, altered: 0, misdated: 0 })
    expect(audit.found).toBeGreaterThan(60)
    expect(end.stdout).not.toContain('p%40ss')
  })

  test('is found broken by it', async () => {
    const { code, stdout } = await run(['loses(10%)', 'no-dedupe'])
    const { verdicts } = JSON.parse(stdout) as { verdicts: { id: string; status: string }[] }
    const failed = verdicts.filter(({ status }) => status === 'fail').map(({ id }) => id)
    expect({ code, failed }).toEqual({ code: 1, failed: ['no-loss', 'idempotent'] })
  })

  test('keeps what it answered for when it is killed', async () => {
    const store = await urlOfSchema()
    const partner = await spawnPartner({ cli, port: 0, store, faults: [], seed: 1 })
    const events = Array.from({ length: 20 }, (_, i) => ({
      type: 'track',
      messageId: `kept-${i}`,
      event: 'Kept',
      userId: 'ada',
    }))
    const answers = await Promise.all(
      events.map((event) => fetch(partner.url, { method: 'POST', body: JSON.stringify(event) })),
    )
    await partner.kill('SIGKILL')
    expect(answers.map(({ status }) => status)).toEqual(events.map(() => 200))
    const schema = new URL(store).searchParams.get('search_path')
    const sql = await testSession()
    const [row] = await sql.unsafe(`SELECT count(*)::int AS kept FROM ${schema}.squall_events`)
    expect(row).toEqual({ kept: 20 })
  })
})
