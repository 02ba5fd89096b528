import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Report } from '../../src/model/report.ts'
import { squall } from '../support/run-program.ts'

const folder = mkdtempSync(join(tmpdir(), 'squall-stream-'))
afterAll(() => rmSync(folder, { recursive: true }))

const BRIEF = ['--batch', '20', '--rate', '20/s', '--duration', '1500ms', '--settle', '1s', '--no-warm', '--quiet']

function reportIn(out: string): Report {
  return JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'))
}

function verdictOf({ verdicts }: Report, id: string): Report['verdicts'][number] {
  return verdicts.find((verdict) => verdict.id === id)!
}

describe('squall run of a Stream, without a target,', () => {
  it('plays stream-batch against an embedded API of its own, and ends in a table whose sums close', async () => {
    const out = join(folder, 'sound')
    const { code, stdout } = await squall(['run', 'stream-batch', ...BRIEF, '--out', out])
    const { audit, verdicts } = reportIn(out)
    expect(verdicts.filter(({ status }) => status !== 'pass')).toEqual([])
    expect(code).toBe(0)
    expect([audit.found, audit.discarded, audit.lost]).toEqual([audit.expected, 0, 0])
    expect(stdout).toMatch(/must exist +(\S+) += found \1 \+ discarded 0 \+ lost 0/)
    // Copies came, and were absorbed: that is no discard.
    const { status, evidence } = verdictOf(reportIn(out), 'stream-discards')
    expect([status, evidence.absorbed]).toEqual(['pass', expect.toSatisfy((copies: number) => copies > 0)])
  })

  it('tells a wrong write key, and prints none', async () => {
    const out = join(folder, 'wrong')
    const scenario = join(folder, 'wrong.yaml')
    const phases = '[{name: live, rate: 20/s, duration: 500ms}]'
    writeFileSync(
      scenario,
      `name: wrong\npeople: 100\nprofile: stream\nbatch: 5\nsettle: 300ms\npartner: {apiKeys: [env:KNOWN]}\nphases: ${phases}\n`,
    )
    const keys = { KNOWN: 'the-key-of-the-source', OTHER: 'the-key-of-nobody' }
    const args = ['run', scenario, '--write-key', 'env:OTHER', '--no-warm', '--quiet', '--out', out]
    const { code, stdout, stderr } = await squall(args, keys)
    const { audit } = reportIn(out)
    expect(code).toBe(1)
    expect([audit.found, audit.discarded, audit.lost]).toEqual([0, audit.expected, 0])
    expect(verdictOf(reportIn(out), 'stream-discards')).toMatchObject({
      status: 'fail',
      claim: expect.stringContaining('unknown_source'),
      fix: expect.stringContaining('write key'),
    })
    for (const key of Object.values(keys)) expect(stdout + stderr).not.toContain(key)
  })
})
