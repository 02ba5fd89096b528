import type { Judgement } from '../../src/judge.ts'
import { unit } from '../../src/model/hash.ts'
import type { Prepared } from '../../src/run.ts'
import { CrashRehearsal, type Kill } from './crash-rehearsal.ts'

/** What one crash point came to. */
export interface CrashPoint {
  readonly kills: readonly Kill[]
  /** Empty: nothing was misjudged. */
  readonly complaints: readonly string[]
  /** Deliveries that the first kill left ambiguous, and those that it left unsent. */
  readonly ambiguous: number
  readonly unsent: number
}

const RUN_MS = 3000
/** About so many writes a run makes: one every 200 ms. */
const WRITES = 12

/** Kills a run at a point drawn from the seed, judges it, resumes it (some are killed again), and judges what it came to. */
export async function crashPoint(prepared: Prepared, seed: number): Promise<CrashPoint> {
  const faults = seed % 2 === 0 ? [] : ['status:503 5%', 'reset-after-store 2%', 'delay:exp(20ms)']
  const world = new CrashRehearsal(prepared, seed, faults)
  const kills = [killOf(seed, 0)]
  await world.play(kills[0])
  const first = await world.judged()
  const complaints = complaintsOf(world, first)
  const { ambiguous, notSent } = first.report.counts
  world.rest(unit(seed, 2) * 20_000)
  const resumption = world.resumption()
  if (resumption && seed % 4 === 0) {
    kills.push(killOf(seed, 1))
    await world.play(kills[1], resumption)
    complaints.push(...complaintsOf(world, await world.judged()))
    world.rest(unit(seed, 3) * 5000)
  }
  const left = world.resumption()
  if (left) await world.play(undefined, left)
  if (world.resumption() !== null) complaints.push('something is still left to resume')
  const last = await world.judged()
  complaints.push(...complaintsOf(world, last), ...unfinished(last))
  return { kills, complaints, ambiguous, unsent: notSent }
}

function killOf(seed: number, nth: number): Kill {
  const draw = unit(seed, nth, 1)
  if (unit(seed, nth, 0) < 0.5) return { afterMs: draw * RUN_MS }
  return { atWrite: 1 + Math.floor(draw * WRITES), share: unit(seed, nth, 2) }
}

/** What is wrong with a judgement, whether or not the run has ended. */
function complaintsOf(world: CrashRehearsal, { report, facts }: Judgement): string[] {
  const { planned, sent, notSent, acked, rejected, exhausted, ambiguous, abandoned, attempts } = report.counts
  const ends = acked + rejected + exhausted + ambiguous + abandoned
  const requests = [...world.sends.values()].reduce((sum, n) => sum + n, 0)
  return [
    ...world.misclassified(facts).map((what) => `${what} was sent and is called never sent`),
    ...(sent === ends && planned === sent + notSent ? [] : ['the accounts do not close']),
    ...(attempts <= requests ? [] : [`${attempts} attempts on record of ${requests} requests`]),
    ...report.verdicts.filter(({ status }) => status === 'fail').map(({ id, claim }) => `${id} fails: ${claim}`),
  ]
}

/** What is wrong with a run that has ended, against a partner that is sound. */
function unfinished({ report }: Judgement): string[] {
  const { planned, acked } = report.counts
  return [
    ...(acked === planned ? [] : [`${acked} of ${planned} acked in the end`]),
    ...report.verdicts
      .filter(({ status }) => status !== 'pass')
      .map(({ id, claim }) => `${id} does not pass: ${claim}`),
    ...(report.run.exitCode === 0 ? [] : [`exit code ${report.run.exitCode}`]),
    ...report.generator.reasons,
  ]
}
