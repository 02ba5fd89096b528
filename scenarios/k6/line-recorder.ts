import { observationLine } from '../../src/ledger/observation-lines.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { Recorder } from '../../src/model/recorder.ts'

/** A line on the console costs fifteen times as much alone as among so many. */
const BATCH = 64
const WAIT_MS = 100

/** Prints observations, some at a time. What has been printed is with the operating system: k6 writes its console's file at once. */
export class LineRecorder implements Recorder {
  #lines: string[] = []
  #batch = BATCH
  readonly #interval: ReturnType<typeof setInterval>

  /** @param head the file's first line */
  constructor(head: string) {
    console.log(head)
    // It also keeps k6's event loop from being taken down and set up again whenever nothing waits.
    this.#interval = setInterval(() => this.flush(), WAIT_MS)
  }

  record(observation: Observation): void {
    this.#lines.push(observationLine(observation))
    if (this.#lines.length >= this.#batch) this.flush()
  }

  flush(): void {
    if (this.#lines.length === 0) return
    console.log(this.#lines.join('\n'))
    this.#lines = []
  }

  /** k6 is ending: it calls back with what is under way, but rings no timer any more. */
  hurry(): void {
    this.#batch = 1
    this.flush()
  }

  close(): void {
    clearInterval(this.#interval)
    this.flush()
  }
}
