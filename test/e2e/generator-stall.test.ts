import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Report } from '../../src/model/report.ts'

const SCENARIO = `
name: stall
phases: [{ name: live, rate: 200/s, duration: 4s }]
people: 40
warmRequests: 0
settle: 1s
objectives: { latency: 'p99 < 200ms' }
`
const STALL_MS = 1500

test('a squall that stood still calls latency unknown, never a fail, and knows what was stored all the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'squall-stall-'))
  try {
    const { verdicts, generator } = await stalledRun(folder)
    const statuses = Object.fromEntries(verdicts.map(({ id, status }) => [id, status]))
    expect(generator.timing).toBe('doubtful')
    expect(statuses).toMatchObject({ latency: 'unknown', 'no-loss': 'pass', 'no-phantom': 'pass', unaltered: 'pass' })
    expect(Object.values(statuses)).not.toContain('fail')
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 60_000)

/** The program is stopped in the middle of its run, as by a laptop's lid; its partner goes on. */
async function stalledRun(folder: string): Promise<Report> {
  const scenario = join(folder, 'stall.yaml')
  writeFileSync(scenario, SCENARIO)
  const out = join(folder, 'run')
  const child = spawn(process.execPath, ['src/cli/main.ts', 'run', scenario, '--out', out], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  // The head alone is smaller: deliveries are on record, and more than half are still to come.
  await expect.poll(() => ledgerBytes(out), { timeout: 30_000, interval: 20 }).toBeGreaterThan(12_000)
  child.kill('SIGSTOP')
  await delay(STALL_MS)
  child.kill('SIGCONT')
  await ended
  return JSON.parse(readFileSync(join(out, 'result.json'), 'utf8')) as Report
}

function ledgerBytes(out: string): number {
  return globSync(join(out, 'ledger', '*.sq')).reduce((sum, path) => sum + statSync(path).size, 0)
}
