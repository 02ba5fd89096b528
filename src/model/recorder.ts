import type { Observation } from './observation.ts'

/** Where the doing side writes its facts. */
export interface Recorder {
  /** Takes a fact; it may stay in memory until `flush`. */
  record(observation: Observation): void
  /** Hands all that was recorded to the operating system, so that it outlives this process. @throws when it cannot */
  flush(): void
}

/** Somewhere that bytes go, in order. Synchronous: when `write` returns, the operating system has them. */
export interface ByteSink {
  write(bytes: Uint8Array): void
  close(): void
}
