import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { PartnerError } from './partner-error.ts'
import type { PartnerServerOptions } from './partner-server.ts'

export interface PartnerProcessOptions extends PartnerServerOptions {
  /** The file that understands `receive partner`. */
  readonly cli: string
}

export interface PartnerProcess {
  readonly url: string
  /** The file with the certificate to trust, where it speaks TLS. */
  readonly ca?: string
  readonly pid: number
  /** Sends a signal and waits for the end of the process. */
  kill(signal: NodeJS.Signals): Promise<void>
  /** Lets it drain and end. Harmless once it has ended. */
  stop(): Promise<void>
}

/**
 * Starts a partner in a process of its own, which ends when this one does.
 * @throws PartnerError when it ends before it is ready
 */
export async function spawnPartner(options: PartnerProcessOptions): Promise<PartnerProcess> {
  const child = spawn(process.execPath, [options.cli, 'receive', 'partner', ...flagsOf(options)], {
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
  return { ...(await readyOf(child)), pid: child.pid!, kill, stop: () => kill('SIGTERM') }
}

function flagsOf(options: PartnerServerOptions): string[] {
  const { port, host, store, faults, seed, apiKeys = [], expiringKey, sharedSecret, tls } = options
  return [
    ['--port', String(port)],
    host === undefined ? [] : ['--host', host],
    ['--store', store],
    faults.flatMap((fault) => ['--fault', fault]),
    apiKeys.flatMap((place) => ['--api-key', place]),
    expiringKey === undefined ? [] : ['--expiring-key', `${expiringKey.place}@${expiringKey.goodForMs}ms`],
    sharedSecret === undefined ? [] : ['--shared-secret', sharedSecret],
    tls === undefined ? [] : ['--tls', tls],
    ['--seed', String(seed)],
  ].flat()
}

/** From the child's first line. Should it end without one, what it said on stderr is the reason. */
async function readyOf(child: ChildProcess): Promise<Pick<PartnerProcess, 'url' | 'ca'>> {
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
