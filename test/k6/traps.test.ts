import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PartnerProcess } from '../../src/adapters/endpoints/partner-process.ts'
import { cutRun } from '../../src/cli/earlier-run.ts'
import type { Report } from '../../src/model/report.ts'
import { countingDoor } from '../support/counting-door.ts'
import { k6Program } from '../support/k6-program.ts'
import { partnerIn, resultIn, type StartedRun, startRun } from '../support/killed-run.ts'
import { squall } from '../support/run-program.ts'
import { smallDisk } from '../support/small-disk.ts'

const folder = mkdtempSync(join(tmpdir(), 'squall-traps-'))
const started: StartedRun[] = []
afterAll(() => {
  // What a failed test has left behind; its k6 and its partner follow it.
  for (const { child } of started) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

beforeAll(async () => {
  process.env.K6_BIN = await k6Program()
})

const BY_K6 = ['--engine', 'k6', '--seed', '3']
/** For machines that are busy. */
const PATIENTLY = { timeout: 180_000 }

function begin(...of: Parameters<typeof startRun>): StartedRun {
  const run = startRun(...of)
  started.push(run)
  return run
}

/** Has a k6 run play against a partner of its own. */
async function during(
  name: string,
  act: (run: StartedRun, partner: PartnerProcess) => Promise<void>,
  args: readonly string[] = [],
): Promise<void> {
  const partner = await partnerIn(join(folder, name))
  try {
    await act(begin(join(folder, name, 'run'), partner.url, [...BY_K6, ...args]), partner)
  } finally {
    await partner.stop()
  }
}

function k6PidOf({ out }: StartedRun): number {
  return Number.parseInt(JSON.parse(readFileSync(join(out, 'k6', 'processes.json'), 'utf8')).k6, 10)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function expectClosed({ counts, verdicts }: Report): void {
  const { planned, sent, notSent, acked, rejected, exhausted, ambiguous, abandoned } = counts
  expect([planned, sent]).toEqual([sent + notSent, acked + rejected + exhausted + ambiguous + abandoned])
  expect(verdicts.filter(({ status }) => status === 'fail')).toEqual([])
}

describe.concurrent('what may befall a run by k6', PATIENTLY, () => {
  test('k6 is killed: the accounts close, the partner is blamed for nothing, exit 6, and squall itself goes on', async () => {
    await during(
      'killed-k6',
      async (run, partner) => {
        await run.recorded(5000)
        process.kill(k6PidOf(run), 'SIGKILL')
        expect((await run.ended).code).toBe(6)
        const cut = resultIn(run.out)
        expectClosed(cut)
        expect(cut.counts.acked).toBeGreaterThan(0)
        expect(cut.counts.notSent).toBeGreaterThan(0)
        const receipts = ['--receipts', new URL('receipts', partner.url).href, '--quiet']
        expect(() => cutRun(run.out, {})).toThrow(`squall run --resume ${run.out} --engine node`)
        expect((await squall(['run', '--resume', run.out, '--engine', 'node', ...receipts])).code).toBe(0)
        const whole = resultIn(run.out)
        expect(whole.counts.acked).toBe(whole.counts.planned)
      },
      ['--duration', '8s'],
    )
  })

  test('squall is killed: k6 stops long before the run would be over, and the ledger is made from its lines', async () => {
    await during(
      'killed-squall',
      async (run, partner) => {
        await run.recorded(5000)
        const k6 = k6PidOf(run)
        run.child.kill('SIGKILL')
        while (isAlive(k6)) await pause(20)
        const receipts = new URL('receipts', partner.url).href
        expect((await squall(['audit', run.out, '--receipts', receipts, '--quiet'])).code).toBe(6)
        expectClosed(resultIn(run.out))
        expect(existsSync(join(run.out, 'k6'))).toBe(false)
      },
      ['--duration', '10m'],
    )
  })

  test('a disk that is full stops the sending and is exit 6', async () => {
    const disk = smallDisk()
    const partner = await partnerIn(join(folder, 'full'))
    try {
      const much = ['--rate', '1000/s', '--duration', '20s']
      const out = join(disk.folder, 'run')
      const { code, stderr } = await begin(out, partner.url, [...BY_K6, ...much], disk.before).ended
      expect({ code, said: disk.complaint.test(stderr), stderr }).toMatchObject({ code: 6, said: true })
    } finally {
      await partner.stop()
      disk.remove()
    }
  })

  test('a squall that stands still holds up no delivery', async () => {
    const partner = await partnerIn(join(folder, 'still'))
    const door = await countingDoor(partner.url)
    const run = begin(join(folder, 'still', 'run'), door.url, [
      ...BY_K6,
      '--receipts',
      new URL('receipts', partner.url).href,
    ])
    try {
      await run.recorded(2000)
      run.child.kill('SIGSTOP')
      const before = door.total()
      while (door.total() < before + 100) await pause(20)
      run.child.kill('SIGCONT')
      expect((await run.ended).code).toBe(0)
      expect(resultIn(run.out).counts.acked).toBe(door.total())
    } finally {
      await door.close()
      await partner.stop()
    }
  })
})

/** A run in a process group of its own, as a shell starts it in a terminal. */
function inTerminal(out: string, url: string): { readonly child: ChildProcess; readonly recorded: Promise<void> } {
  const run = begin(out, url, [...BY_K6, '--duration', '1m'], ['setsid'])
  return { child: run.child, recorded: run.recorded(3000) }
}

describe.concurrent('Ctrl-C in a terminal, which every process of its group gets', PATIENTLY, () => {
  test('drains, judges and ends with 130', async () => {
    const partner = await partnerIn(join(folder, 'ctrl-c'))
    const { child, recorded } = inTerminal(join(folder, 'ctrl-c', 'run'), partner.url)
    await recorded
    process.kill(-child.pid!, 'SIGINT')
    const [code] = await once(child, 'close')
    await partner.stop()
    const report = resultIn(join(folder, 'ctrl-c', 'run'))
    expectClosed(report)
    expect(code).toBe(130)
    expect(report.run.exitCode).toBe(130)
    expect(report.counts).toMatchObject({ ambiguous: 0, abandoned: 0, rejected: 0 })
    expect(report.counts.notSent).toBeGreaterThan(0)
    expect(report.audit.found).toBe(report.counts.messages)
  })
})
