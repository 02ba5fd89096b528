import type { Clock } from '../model/world.ts'

const FIRST_GAP_MS = 250

/** How long a source may take to show all. */
export interface Patience {
  readonly clock: Clock
  /** On `clock`. */
  readonly deadlineMs: number
}

/**
 * Reads until two readings agree and the later leaves nothing to wait for, or the time is over; a last reading begins after its end.
 * @param isQuiet whether nothing speaks for reading once more
 */
export async function readUntilQuiet<Reading>(
  { clock, deadlineMs }: Patience,
  read: () => Promise<Reading>,
  isQuiet: (before: Reading, now: Reading) => boolean,
): Promise<Reading> {
  let before: Reading | undefined
  for (let gapMs = FIRST_GAP_MS; ; gapMs *= 2) {
    const fromMs = clock.nowMs()
    const now = await read()
    if (before !== undefined && (isQuiet(before, now) || fromMs >= deadlineMs)) return now
    before = now
    await reach(clock, Math.min(clock.nowMs() + gapMs, Math.max(clock.nowMs(), deadlineMs)))
  }
}

function reach(clock: Clock, atMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.at(atMs, resolve)
  })
}
