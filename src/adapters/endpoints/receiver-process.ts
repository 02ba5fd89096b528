import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { PartnerError } from './partner-error.ts'

/** A `squall receive …` in a process of its own. */
export interface ReceiverProcess<Ready> {
  /** What its first line says. */
  readonly ready: Ready
  readonly pid: number
  /** Sends a signal and waits for the end of the process. */
  kill(signal: NodeJS.Signals): Promise<void>
  /** Lets it drain and end. Harmless once it has ended. */
  stop(): Promise<void>
}

/**
 * Starts a receiver in a process of its own, which ends when this one does.
 * @param cli the file that understands `receive`
 * @param args what follows that word
 * @throws PartnerError when it ends before it is ready
 */
export async function spawnReceiver<Ready>(cli: string, args: readonly string[]): Promise<ReceiverProcess<Ready>> {
  const child = spawn(process.execPath, [cli, 'receive', ...args], {
    // A group of its own: a Ctrl-C in the terminal is for the parent, which still wants to read the receipts.
    detached: true,
    // The IPC channel carries nothing: its end tells the child that its parent is gone, however that came about.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  const ready = (await readyOf(child)) as Ready
  return { ready, pid: child.pid!, kill, stop: () => kill('SIGTERM') }
}

/** From the child's first line. Should it end without one, what it said on stderr is the reason. */
async function readyOf(child: ChildProcess): Promise<unknown> {
  let complaint = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000)
  })
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  })
  for await (const line of createInterface({ input: child.stdout! })) return JSON.parse(line)
  await ended
  throw new PartnerError(`the partner did not start: ${complaint.trim()}`)
}
