import { expect, test } from 'vitest'
import { CrashRehearsal } from '../support/crash-rehearsal.ts'
import { readied } from '../support/rehearsals.ts'

const steady = readied({ settle: '1s', phases: [{ name: 'live', rate: '100/s', duration: '2s', duplicates: '5%' }] })
const once = readied({
  retry: { policy: 'none' },
  settle: '1s',
  phases: [{ name: 'live', rate: '100/s', duration: '2s' }],
})
const SLOW = ['delay:300ms']

test('what ended before the cut is not sent again', async () => {
  const world = new CrashRehearsal(steady, 1)
  await world.play({ afterMs: 1000 })
  const { counts } = (await world.judged()).report
  const left = world.resumption()!
  expect(left.unfinished.length).toBe(counts.ambiguous)
  const sentBefore = requestsOf(world)
  await world.play(undefined, left)
  expect(requestsOf(world) - sentBefore).toBe(counts.planned - counts.acked)
})

function requestsOf({ sends }: CrashRehearsal): number {
  return [...sends.values()].reduce((sum, count) => sum + count, 0)
}

test('without retries, what may have been sent stays ambiguous and is not sent again', async () => {
  const world = new CrashRehearsal(once, 2, SLOW)
  await world.play({ afterMs: 1000 })
  const { ambiguous } = (await world.judged()).report.counts
  expect(ambiguous).toBeGreaterThan(0)
  await world.play(undefined, world.resumption()!)
  const { counts } = (await world.judged()).report
  expect(counts).toMatchObject({ ambiguous, notSent: 0, acked: counts.planned - ambiguous })
  expect([...world.sends.values()].every((count) => count === 1)).toBe(true)
})

test('the gap is on record, and no timing is judged across it', async () => {
  const world = new CrashRehearsal(steady, 3)
  await world.play({ afterMs: 1000 })
  world.rest(3_600_000)
  await world.play(undefined, world.resumption()!)
  const { report } = await world.judged()
  expect(report.notes.map(({ text }) => text).join('\n')).toMatch(/resumed after it was cut off: 3[56]\d\d\.\d s/)
  expect(report.generator).toMatchObject({ timing: 'sound', reasons: [] })
  expect(report.latencyMs.fromDue.max).toBeLessThan(1000)
  expect(Date.parse(report.run.endedAt) - Date.parse(report.run.startedAt)).toBeGreaterThan(3_600_000)
})

test('a run that came to its end has nothing to resume', async () => {
  const world = new CrashRehearsal(steady, 4)
  await world.play()
  expect(world.resumption()).toBeNull()
})
