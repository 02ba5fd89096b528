import type { Recorder } from '../model/recorder.ts'

/** How far it reaches when it is written, and how near the pump may come to it before the next one is. */
const REACH_MS = 250
const MARGIN_MS = 50

/** Keeps the record ahead of the wire: whatever is due before the watermark may have been sent. */
export class Watermark {
  readonly #recorder: Recorder
  #untilMs = Number.NEGATIVE_INFINITY

  constructor(recorder: Recorder) {
    this.#recorder = recorder
  }

  /** Whether it is still far enough ahead. */
  isAheadOf(nowMs: number): boolean {
    return nowMs + MARGIN_MS <= this.#untilMs
  }

  /** Puts a new one on record where this one is near. */
  extend(nowMs: number): void {
    if (this.isAheadOf(nowMs)) return
    this.#untilMs = nowMs + REACH_MS
    this.#recorder.record({ kind: 'watermark', untilMs: this.#untilMs })
    this.#recorder.flush()
  }
}
