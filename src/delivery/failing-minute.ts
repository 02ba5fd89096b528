import type { Snapshot } from '../model/snapshot.ts'

const MINUTE_MS = 60_000
const FAILING_SHARE = 0.5
/** Fewer attempts in a minute say little about a target. */
const ATTEMPTS_MIN = 20

interface Standing {
  readonly atMs: number
  readonly ended: number
  readonly failed: number
}

/** Watches a run for a target that fails half of a minute's attempts: one that is not of this machine is then left alone. */
export class FailingMinute {
  #standings: Standing[] = [{ atMs: 0, ended: 0, failed: 0 }]

  /** @returns why the run must stop; undefined: it need not */
  reasonToStop(snapshot: Snapshot): string | undefined {
    const now = standingOf(snapshot)
    this.#standings.push(now)
    const last = this.#standings.findLastIndex(({ atMs }) => atMs <= now.atMs - MINUTE_MS)
    if (last < 0) return undefined
    this.#standings = this.#standings.slice(last)
    const ended = now.ended - this.#standings[0]!.ended
    const failed = now.failed - this.#standings[0]!.failed
    if (ended < ATTEMPTS_MIN || failed < ended * FAILING_SHARE) return undefined
    return `squall itself, as ${failed} of ${ended} attempts failed within a minute`
  }
}

/** Trouble of our own machine is no failure of the target, nor is a refusal of what is to be refused. */
function standingOf({ atMs, classes, refusedAsExpected }: Snapshot): Standing {
  const counts = Object.entries(classes).filter(([name]) => name !== 'local')
  const ended = counts.reduce((sum, [, count]) => sum + count, 0)
  return { atMs, ended, failed: ended - (classes['2xx'] ?? 0) - refusedAsExpected }
}
