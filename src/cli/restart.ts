import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import type { Prepared } from '../index.ts'
import type { EmbeddedReceiver } from './embedded-receiver.ts'
import type { Reachable } from './reach.ts'
import type { RunLedger } from './run-ledger.ts'

/** A way to kill the target and to start it again. */
export interface Restart {
  /** What is said of it before and after. */
  readonly said: { readonly going: string; readonly back: string }
  /** @returns why the target is not back on its address, in words; undefined: it is */
  act(): Promise<string | undefined>
}

const COMMAND_MS = 60_000
const BACK_WITHIN_MS = 30_000
const LOOK_EVERY_MS = 200

/** Kills an embedded partner as a crash would. */
export function crashOf(partner: Pick<EmbeddedReceiver, 'crash'>): Restart {
  return {
    said: {
      going: 'the embedded partner was killed',
      back: 'the embedded partner is back on the same port, with the same file',
    },
    async act() {
      await partner.crash()
      return undefined
    },
  }
}

/** Runs a command of the user's, and waits until somebody listens at the target again. */
export function restartBy(command: string, target: Pick<Reachable, 'preflight'>): Restart {
  return {
    said: { going: `restarting the target: ${command}`, back: 'the target is back on the same address' },
    async act() {
      const trouble = await ran(command)
      return trouble ?? ((await isBack(target)) ? undefined : notBack())
    },
  }
}

function notBack(): string {
  return `nobody listens at the target's address ${BACK_WITHIN_MS / 1000} s after the restart`
}

/**
 * Restarts the target in the middle of the main phase; does nothing once the run is told to stop.
 * @returns why the target is not back, in words
 */
export async function restartMidRun(
  { said, act }: Restart,
  { plan }: Prepared,
  mark: RunLedger['mark'],
  stop: AbortSignal,
): Promise<string | undefined> {
  const main = plan.phases[plan.mainPhase]
  if (main === undefined) return undefined
  try {
    await delay(main.startMs + main.durationMs / 2, undefined, { signal: stop })
  } catch {
    return undefined
  }
  mark('restart', said.going)
  const trouble = await act()
  mark('restart', trouble ?? said.back)
  return trouble
}

/** In a process group of its own: what it starts outlives a Ctrl-C of ours. @returns what went wrong, in words */
async function ran(command: string): Promise<string | undefined> {
  const child = spawn(command, { shell: true, stdio: 'ignore', detached: true })
  child.unref()
  const end = await Promise.race([ended(child), delay(COMMAND_MS, 'late' as const, { ref: false })])
  if (end === 'late')
    return `the restart command did not end within ${COMMAND_MS / 1000} s; let it start the target in the background`
  return end === 0 ? undefined : `the restart command ended with ${end}`
}

function ended(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'nothing'))
  })
}

/** Twice in a row: what is being killed may still take a connection. */
async function isBack(target: Pick<Reachable, 'preflight'>): Promise<boolean> {
  let seen = 0
  for (let waitedMs = 0; waitedMs < BACK_WITHIN_MS; waitedMs += LOOK_EVERY_MS) {
    const reached = await target.preflight().catch(() => undefined)
    seen = reached === undefined ? 0 : seen + 1
    if (seen === 2) return true
    await delay(LOOK_EVERY_MS)
  }
  return false
}
