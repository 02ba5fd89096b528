import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, renameSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ledgerFolder } from '../adapters/ledger-file.ts'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'

/** Where a run lands. */
export interface RunFolder {
  readonly path: string
  /** Puts a file there whole or not at all. */
  write(name: string, content: string | Iterable<string>): void
  /** Adds a line to the run's log. */
  log(event: string, facts?: Readonly<Record<string, unknown>>): void
}

/** Makes the folder of a new run. @throws CliError when it is taken, or cannot be made */
export function createRunFolder(out: string | undefined, id: string, startedAtMs: number): RunFolder {
  const path = out ?? join('reports', `${new Date(startedAtMs).toISOString().slice(0, 19).replaceAll(':', '-')}-${id}`)
  return newFolder(path, ledgerFolder(path))
}

/** Makes the folder of a series of runs, each of which has one of its own in it. @throws CliError when it is taken, or cannot be made */
export function createSuiteFolder(path: string): RunFolder {
  return newFolder(path, path)
}

function newFolder(path: string, innermost: string): RunFolder {
  if (existsSync(path) && readdirSync(path).length > 0) {
    throw new CliError(`--out: ${path} is not empty; name a new folder, nothing is overwritten`, EXIT.usage)
  }
  try {
    makeFolder(innermost)
  } catch (error) {
    throw new CliError(`--out: cannot make ${path}: ${(error as Error).message}`, EXIT.usage)
  }
  return openRunFolder(path)
}

/** With its parents, one by one: where a file system makes no folders at all, as /proc, Node's own `recursive` never comes back. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path, { mode: 0o700 })
}

/** The folder of an earlier run, by its path. @throws CliError when no ledger is there */
export function existingRunFolder(path: string): RunFolder {
  if (!existsSync(ledgerFolder(path))) {
    throw new CliError(
      `${path} is not the folder of a run: there is no ledger/ in it; name a folder under reports/`,
      EXIT.usage,
    )
  }
  return openRunFolder(path)
}

function openRunFolder(path: string): RunFolder {
  return {
    path,
    write(name, content) {
      const half = join(path, `.${name}.part`)
      const file = openSync(half, 'w', 0o600)
      for (const part of typeof content === 'string' ? [content] : content) writeSync(file, part)
      closeSync(file)
      renameSync(half, join(path, name))
    },
    log(event, facts = {}) {
      const line = JSON.stringify({ at: new Date().toISOString(), event, ...facts })
      appendFileSync(join(path, 'log.ndjson'), `${line}\n`, { mode: 0o600 })
    },
  }
}
