import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterFile } from './after-file.ts'
import type { ProgramEnd } from './run-program.ts'

const top = fileURLToPath(new URL('../..', import.meta.url))
const entry = fileURLToPath(new URL('./staying-squall-entry.ts', import.meta.url))

/** A command line for a squall that stays. */
export interface Asked {
  readonly args: readonly string[]
  /** Beside what every command has. */
  readonly env: Readonly<Record<string, string>>
  /** Where it is given. */
  readonly cwd: string
}

/** Stands behind the last that a command says, on both streams. */
export const SAID_ALL = '\0'

let staying: { readonly child: ChildProcess; readonly died: Promise<never> } | undefined
let last: Promise<unknown> = Promise.resolve()

/**
 * What `squall` of `run-program.ts` gives, by a process that obeys one command after another: it starts once in a file of tests, and starting is most of what a
 * command costs. For what a command says, writes and exits with; not for how its process starts and ends.
 */
export function obeyed(args: readonly string[], env: Asked['env'] = {}, cwd: string = top): Promise<ProgramEnd> {
  const end = last.then(() => ask({ args, env, cwd }))
  last = end.catch(() => undefined)
  return end
}

async function ask(asked: Asked): Promise<ProgramEnd> {
  staying ??= started()
  const { child, died } = staying
  const answer = Promise.all([once(child, 'message'), allOf(child.stdout!), allOf(child.stderr!)])
  child.send(asked)
  const [[code], stdout, stderr] = await Promise.race([answer, died])
  return { code, stdout, stderr }
}

function started(): NonNullable<typeof staying> {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined }
  const child = fork(entry, { cwd: top, env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  const exit = once(child, 'exit')
  const died = exit.then(([code]): never => {
    staying = undefined
    throw new Error(`a command ended the squall that stays, with ${code}`)
  })
  died.catch(() => undefined)
  afterFile(async () => {
    // It ends by itself then, unless a command has left something open.
    if (child.connected) child.disconnect()
    await exit
  })
  return { child, died }
}

/** What a stream says until `SAID_ALL`. */
function allOf(stream: Readable): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    stream.on('data', function take(chunk: Buffer) {
      chunks.push(chunk)
      if (chunk.at(-1) !== SAID_ALL.charCodeAt(0)) return
      stream.off('data', take)
      resolve(Buffer.concat(chunks).toString('utf8').slice(0, -1))
    })
  })
}
