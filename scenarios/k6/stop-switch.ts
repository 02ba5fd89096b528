import type { StopSignal } from '../../src/model/stop-signal.ts'

/** What an AbortController is elsewhere. */
export class StopSwitch implements StopSignal {
  readonly #acts = new Set<() => void>()
  aborted = false
  reason: unknown

  stop(reason: string): void {
    if (this.aborted) return
    this.aborted = true
    this.reason = reason
    for (const act of [...this.#acts]) act()
  }

  addEventListener(_: 'abort', act: () => void): void {
    this.#acts.add(act)
  }

  removeEventListener(_: 'abort', act: () => void): void {
    this.#acts.delete(act)
  }
}
