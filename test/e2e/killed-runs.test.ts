import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { killedRun, partnerIn, resultIn, startRun } from '../support/killed-run.ts'
import { squall } from '../support/run-program.ts'
import { smallDisk } from '../support/small-disk.ts'

const folder = mkdtempSync(join(tmpdir(), 'squall-killed-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Kills the partner in the middle of a run by its pid, and starts it again on the same port with the same file. */
async function partnerKilledMidRun(name: string, faults: readonly string[]): Promise<Record<string, string>> {
  const first = await partnerIn(join(folder, name), faults)
  const run = startRun(join(folder, name, 'run'), first.url)
  await run.recorded(10_000)
  await first.kill('SIGKILL')
  const second = await partnerIn(join(folder, name), faults, Number(new URL(first.url).port))
  const { stderr } = await run.ended
  expect(stderr).toBe('')
  await second.stop()
  return Object.fromEntries(resultIn(run.out).verdicts.map(({ id, status }) => [id, status]))
}

/** So that it is not over before a busy machine gets round to killing it. */
const LONG = ['--duration', '8s']

describe.concurrent('whatever is killed', () => {
  for (const bytes of [1000, 12_000]) {
    test(`killed with ${bytes} bytes on record, a run is judged rightly, goes on, and passes in the end`, async () => {
      const { complaints, unsent } = await killedRun(join(folder, String(bytes)), bytes, LONG)
      expect(complaints).toEqual([])
      expect(unsent).toBeGreaterThan(0)
    })
  }

  test('a partner that acknowledges before it persists is caught when somebody kills it', async () => {
    expect(await partnerKilledMidRun('acks-before', ['acks-before-persist'])).toMatchObject({ 'no-loss': 'fail' })
  })

  test('a partner that persists first loses nothing when it is killed', async () => {
    const verdicts = await partnerKilledMidRun('sound', [])
    expect(Object.values(verdicts)).toEqual(Object.values(verdicts).map(() => 'pass'))
  })

  test('a full disk stops the sending within a second, ends with exit 6, and leaves a ledger that can be judged', async () => {
    const disk = smallDisk()
    const partner = await partnerIn(join(folder, 'full'))
    try {
      const out = join(disk.folder, 'run')
      const { ended } = startRun(out, partner.url, ['--rate', '1000/s', '--duration', '20s'], disk.before)
      const { code, stderr } = await ended
      expect({ code, said: disk.complaint.test(stderr), stderr }).toMatchObject({ code: 6, said: true })
      disk.grow()
      await squall(['report', out, '--quiet'])
      const { counts, series, run } = resultIn(out)
      expect(run.exitCode).toBe(6)
      expect(counts.acked).toBeGreaterThan(0)
      expect(counts.notSent).toBeGreaterThan(10_000)
      const lastOnRecordMs = Date.parse(run.startedAt) + 1000 * series.findLast(({ sent }) => sent > 0)!.atS
      expect((await lastReceivedMs(partner.url)) - lastOnRecordMs).toBeLessThan(1000 + 1000)
    } finally {
      await partner.stop()
      disk.remove()
    }
  })
})

async function lastReceivedMs(url: string): Promise<number> {
  const text = await (await fetch(new URL('receipts', url))).text()
  return Math.max(
    ...text
      .trimEnd()
      .split('\n')
      .map((line) => Date.parse(JSON.parse(line).receivedAt)),
  )
}
