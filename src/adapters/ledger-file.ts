import { closeSync, constants, copyFileSync, openSync, readdirSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { ByteSink } from '../model/recorder.ts'

const CHUNK_BYTES = 1024 * 1024
const EXTENSION = '.sq'

/** A new ledger file; the folder must exist. @throws the system's error where the file exists, or when the disk is full or fails */
export function openLedgerSink(path: string): ByteSink {
  const file = openSync(path, 'wx', 0o600)
  return {
    write: (bytes) => writeWhole(file, bytes),
    close: () => closeSync(file),
  }
}

/** @throws the system's error where `to` exists, or when the disk is full or fails */
export function copyLedger(from: string, to: string): void {
  copyFileSync(from, to, constants.COPYFILE_EXCL)
}

/** A file's bytes. A chunk is overwritten by the next one. */
export function* ledgerChunks(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r')
  const chunk = new Uint8Array(CHUNK_BYTES)
  try {
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) yield chunk.subarray(0, read)
  } finally {
    closeSync(file)
  }
}

/** A run's ledger files, always in the same order; audits in the order in which they were made. Empty where there are none. */
export function ledgerFiles(runFolder: string): string[] {
  const folder = ledgerFolder(runFolder)
  return namesIn(folder)
    .filter((name) => name.endsWith(EXTENSION))
    .sort()
    .map((name) => join(folder, name))
}

export function ledgerFolder(runFolder: string): string {
  return join(runFolder, 'ledger')
}

/** Where a writer's file goes. Ids are lower-case letters, digits and hyphens. */
export function ledgerPath(runFolder: string, writerId: string): string {
  return join(ledgerFolder(runFolder), `${writerId}${EXTENSION}`)
}

/** Where the next audit's file goes, and which audit of the run it is. */
export function nextAuditFile(runFolder: string): { readonly path: string; readonly ordinal: number } {
  const taken = namesIn(ledgerFolder(runFolder)).flatMap((name) => /^audit-(\d+)\.sq$/.exec(name)?.[1] ?? [])
  const ordinal = Math.max(0, ...taken.map(Number)) + 1
  return { path: ledgerPath(runFolder, `audit-${String(ordinal).padStart(4, '0')}`), ordinal }
}

/** The writer that goes on with a run: its file is read after all that were there before. */
export function nextResumer(runFolder: string): string {
  const taken = namesIn(ledgerFolder(runFolder)).flatMap((name) => /^resume-(\d+)\.sq$/.exec(name)?.[1] ?? [])
  return `resume-${String(Math.max(0, ...taken.map(Number)) + 1).padStart(4, '0')}`
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** A write may take only a part, most of all when the disk is nearly full; the rest is tried until all is in or the system says why not. */
function writeWhole(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
}
