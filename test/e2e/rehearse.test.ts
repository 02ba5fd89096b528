import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { squall } from '../support/run-program.ts'
import { obeyed } from '../support/staying-squall.ts'

const SMALL = ['rehearse', 'live', '--events', '300', '--quiet']

describe('squall rehearse', () => {
  test('gives the same bytes for the same command', async () => {
    const args = [...SMALL, '--json', '--fault', 'status:503 5%', '--crash-at', '1s']
    const [one, two] = await Promise.all([squall(args), squall(args)])
    expect(one).toMatchObject({ code: 0, stderr: '' })
    expect(one.stdout).toBe(two.stdout)
    const { run, target, counts } = JSON.parse(one.stdout)
    expect(run).toMatchObject({ startedAt: '2026-01-01T00:00:00.000Z', id: run.planHash.slice(0, 8) })
    expect(target.url).toBe('simulated://partner/')
    expect(counts.attempts).toBeGreaterThan(counts.sent)
  })

  test('takes another moment and another name', async () => {
    const { stdout } = await obeyed([...SMALL, '--json', '--start', '2027-03-01T12:00:00Z', '--run-id', 'mine'])
    expect(JSON.parse(stdout).run).toMatchObject({ startedAt: '2027-03-01T12:00:00.000Z', id: 'mine' })
  })

  test('says that it is a rehearsal, and waits an hour of retries out in no time', async () => {
    const hours = ['rehearse', 'live', '--rate', '1/s', '--events', '300', '--time-scale', '4', '--drain', '1h']
    const { code, stdout } = await obeyed([...hours, '--fault', 'status:503@0s-20m', '--quiet'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ A rehearsal in virtual time: .* nothing was sent/)
    expect(stdout).toMatch(/\d recovered/)
  })

  test.each([
    ['a partner that loses', ['--fault', 'loses(5e-2)'], 1],
    ['a partner that loses what it held when it was killed', ['--fault', 'acks-before-persist', '--crash-at', '1s'], 1],
    ['a claim that so few events cannot carry', ['--claim', '1e-6'], 3],
  ])('ends as a run does: %s', async (_, flags, expected) => {
    expect((await obeyed([...SMALL, ...flags])).code).toBe(expected)
  })

  test('writes a run where it is told to, from which the same report is made again', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'squall-rehearse-')), 'run')
    const made = await obeyed([...SMALL, '--json', '--out', folder])
    expect(readdirSync(join(folder, 'ledger')).sort()).toEqual(['audit-0001.sq', 'node-0.sq'])
    const again = await obeyed(['report', folder, '--json'])
    rmSync(folder, { recursive: true })
    expect(again.stdout).toBe(made.stdout)
  })

  test.each([
    ['a fault that is not there', ['--fault', 'lose'], /there is no fault "lose".*did you mean "loses"\?/],
    ['a crash at no time', ['--crash-at', 'soon'], /--crash-at: /],
    ['a target', ['--target', 'http://127.0.0.1:1/'], /--target: a rehearsal reaches nobody/],
  ])('refuses %s in one line', async (_, flags, line) => {
    const { code, stdout, stderr } = await obeyed([...SMALL, ...flags])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(line)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })
})
