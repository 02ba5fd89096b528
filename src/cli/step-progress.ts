import type { PanelStream } from './terminal/live-panel.ts'
import { count } from './terminal/quantities.ts'

/** What a long command says while it goes through many things. */
export interface StepProgress {
  /** So many are done. To be called as often as one likes. */
  show(done: number): void
  /** Takes the line away. */
  close(): void
}

const FRAME_MS = 250
const LINE_MS = 10_000

/**
 * One line that is drawn over itself on a terminal; in a pipe one every ten seconds.
 * @param text what is done, such as `events written`
 * @param total how many there will be; 0 where nobody knows
 * @param nowMs monotonic
 */
export function openStepProgress(stream: PanelStream, text: string, total: number, nowMs: () => number): StepProgress {
  const inPlace = stream.isTTY === true
  const startedMs = nowMs()
  const everyMs = inPlace ? FRAME_MS : LINE_MS
  let nextMs = startedMs + everyMs
  let drawn = false
  return {
    show(done) {
      if (nowMs() < nextMs) return
      nextMs = nowMs() + everyMs
      drawn = true
      const line = `${lineOf(done, total)} ${text}, ${count((done / (nowMs() - startedMs)) * 1000)}/s`
      stream.write(inPlace ? `\r${line}${ERASE_REST}` : `${line}\n`)
    },
    close() {
      if (inPlace && drawn) stream.write(`\r${ERASE_REST}`)
    },
  }
}

function lineOf(done: number, total: number): string {
  return total === 0 ? count(done) : `${count(done)} of ${count(total)}`
}

const ERASE_REST = '\u001b[K'

export const SILENT_STEPS: StepProgress = { show: () => undefined, close: () => undefined }
