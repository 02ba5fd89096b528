import type { VerdictStatus } from './verdict.ts'

/** What the program's exit code says. */
export const EXIT = {
  ok: 0,
  /** A verdict fails. */
  fail: 1,
  /** Usage or configuration: nothing was sent. */
  usage: 2,
  /** A verdict asked for is unknown. */
  inconclusive: 3,
  /** Refused for safety. */
  refused: 4,
  /** The target cannot be reached before the run. */
  unreachable: 5,
  /** Something of this machine broke; what was recorded is judged. */
  local: 6,
  /** A bug of squall. */
  bug: 70,
  interrupted: 130,
  terminated: 143,
} as const

/** What comes first counts. */
const ORDER: readonly number[] = [
  EXIT.bug,
  EXIT.refused,
  EXIT.usage,
  EXIT.unreachable,
  EXIT.local,
  EXIT.interrupted,
  EXIT.terminated,
  EXIT.fail,
  EXIT.inconclusive,
]

/** How a run ended, as far as its exit code goes. */
export interface RunEnding {
  readonly statuses: readonly VerdictStatus[]
  /** Every writer of the ledger said that it had nothing more to say. */
  readonly ended: boolean
  /** The signal that stopped it, if one did. */
  readonly signal: 'SIGINT' | 'SIGTERM' | null
}

/** The code of a whole run. */
export function runExitCode({ statuses, ended, signal }: RunEnding): number {
  const codes: number[] = [verdictsExitCode(statuses)]
  if (!ended) codes.push(EXIT.local)
  if (signal === 'SIGINT') codes.push(EXIT.interrupted)
  if (signal === 'SIGTERM') codes.push(EXIT.terminated)
  return exitCodeOf(codes)
}

/** The one code for all that applies. */
export function exitCodeOf(codes: readonly number[]): number {
  return ORDER.find((code) => codes.includes(code)) ?? EXIT.ok
}

/** What the verdicts asked for amount to. */
export function verdictsExitCode(statuses: readonly VerdictStatus[]): number {
  if (statuses.includes('fail')) return EXIT.fail
  return statuses.includes('unknown') ? EXIT.inconclusive : EXIT.ok
}
