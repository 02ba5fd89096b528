import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Assignment } from '../../model/assignment.ts'
import { processName } from './process-usage.ts'

/** What lies in the folder that a k6 process works in. */
export const NAMES = {
  assignment: 'assignment.json',
  corpus: 'corpus.json',
  script: 'subscription.js',
  config: 'config.json',
  /** What k6 prints: the run as it goes, line by line. */
  lines: 'k6-0.lines',
  log: 'k6.log',
  processes: 'processes.json',
  ca: 'ca.pem',
  /** Nothing ever has this name. */
  noFolder: 'none',
} as const

/** A folder within a run's own that holds what one k6 process needs, and what it says. */
export interface K6Folder {
  readonly path: string
  /** The file that k6 is told its part by. It holds secrets. */
  readonly assignment: string
  /** The file that it prints to. */
  readonly lines: string
  /** The file with the only authorities to trust; undefined: the system's. */
  readonly ca: string | undefined
}

export interface K6FolderContent {
  /** Without its corpus, which has a file of its own there. */
  readonly assignment: Omit<Assignment, 'corpus'>
  readonly corpusText: string
  readonly script: string
  /** PEM text. */
  readonly ca: string | undefined
}

/** Where a run's k6 works. */
export function k6FolderPath(runFolder: string): string {
  return resolve(runFolder, 'k6')
}

/** Makes the folder; nobody but this user can look into it. */
export function makeK6Folder(runFolder: string, { assignment, corpusText, script, ca }: K6FolderContent): K6Folder {
  const path = k6FolderPath(runFolder)
  mkdirSync(path, { mode: 0o700 })
  const put = (name: string, text: string): string => {
    const file = join(path, name)
    writeFileSync(file, text, { mode: 0o600 })
    return file
  }
  const corpus = put(NAMES.corpus, corpusText)
  put(NAMES.script, script)
  put(NAMES.config, '{}')
  put(NAMES.log, '')
  return {
    path,
    assignment: put(NAMES.assignment, JSON.stringify({ ...assignment, corpus })),
    lines: put(NAMES.lines, ''),
    ca: ca === undefined ? undefined : put(NAMES.ca, ca),
  }
}

/** Who is at work on a run. */
type Worker = 'squall' | 'k6'

/** Notes whose run this is while it goes on. */
export function noteProcesses({ path }: K6Folder, pids: Readonly<Record<Worker, number>>): void {
  const names = { squall: processName(pids.squall), k6: processName(pids.k6) }
  writeFileSync(join(path, NAMES.processes), JSON.stringify(names))
}

/** Whether the squall or the k6 whose folder this is still runs. */
export function isAtWork(path: string, worker: Worker): boolean {
  const note = join(path, NAMES.processes)
  if (!existsSync(note)) return false
  const name: string | undefined = JSON.parse(readFileSync(note, 'utf8'))[worker]
  return name !== undefined && processName(Number.parseInt(name, 10)) === name
}

/** What a k6 whose squall was killed has printed; undefined: there is no such thing. */
export function leftLines(runFolder: string): string | undefined {
  const lines = join(k6FolderPath(runFolder), NAMES.lines)
  return existsSync(lines) ? lines : undefined
}

/** Once k6 has read it, nobody needs it. */
export function dropAssignment({ assignment }: K6Folder): void {
  rmSync(assignment, { force: true })
}

export function dropK6Folder(path: string): void {
  rmSync(path, { recursive: true, force: true })
}
