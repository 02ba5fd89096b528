import process from 'node:process'

/** Ctrl-C and SIGTERM while a run goes on. */
export interface Interrupts {
  /** Aborted by the first signal: start nothing more, drain, audit and report. */
  readonly stop: AbortSignal
  /** Aborted by the second: end now. */
  readonly abort: AbortSignal
  /** The first signal that came. */
  readonly signal: () => NodeJS.Signals | undefined
  /** Gives the signals their usual meaning back. */
  release(): void
}

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM']
/** Where a terminal and npm both pass a Ctrl-C on, it comes twice in a moment and was pressed once. */
const ECHO_MS = 300

/** @param say called at once with what the signal leads to */
export function watchInterrupts(say: (line: string) => void): Interrupts {
  const stop = new AbortController()
  const abort = new AbortController()
  let first: NodeJS.Signals | undefined
  let firstAtMs = 0
  const take = (signal: NodeJS.Signals): void => {
    if (first === undefined) {
      first = signal
      firstAtMs = performance.now()
      say(
        'stopping: nothing more is started; what is under way is drained, then audited and reported. Ctrl-C again to abort',
      )
      stop.abort(signal)
    } else if (performance.now() - firstAtMs > ECHO_MS) {
      say('aborting: the ledger keeps what was recorded')
      abort.abort(signal)
    }
  }
  for (const name of SIGNALS) process.on(name, take)
  return {
    stop: stop.signal,
    abort: abort.signal,
    signal: () => first,
    release: () => {
      for (const name of SIGNALS) process.off(name, take)
    },
  }
}
