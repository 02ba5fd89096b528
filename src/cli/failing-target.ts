import type { Passage } from '../adapters/safety/passage.ts'
import { FailingMinute, type Snapshot } from '../index.ts'

/** What ends a run before its time. */
export interface Stopping {
  readonly stop: AbortSignal
  /** To be told how the run stands. */
  readonly watch: (snapshot: Snapshot) => void
}

/** A target that is not of this machine is left alone once it fails half of a minute's attempts; what was recorded is judged. */
export function stopWhenFailing(
  passage: Passage | undefined,
  asked: AbortSignal,
  say: (line: string) => void,
): Stopping {
  if (passage === undefined || passage.ground === 'loopback') return { stop: asked, watch: () => undefined }
  const left = new AbortController()
  const minute = new FailingMinute()
  return {
    stop: AbortSignal.any([asked, left.signal]),
    watch(snapshot) {
      const reason = left.signal.aborted ? undefined : minute.reasonToStop(snapshot)
      if (reason === undefined) return
      say(`stopping by ${reason}: the target is left alone, and what was recorded is judged`)
      left.abort(reason)
    },
  }
}
