import { renameSync } from 'node:fs'
import { dropK6Folder, isAtWork, k6FolderPath, leftLines } from '../adapters/k6/k6-folder.ts'
import { ledgerChunks, ledgerPath, openLedgerSink } from '../adapters/ledger-file.ts'
import { ledgerOfLines } from '../on-record.ts'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'

/** k6 ends within two seconds once its squall is gone. */
const ENDS_WITHIN_MS = 4000
const LOOK_MS = 50

/**
 * Makes the ledger of a run anew from the lines of its k6, where squall was killed before it had taken all of them down. A run that goes on is
 * left alone.
 * @throws CliError when that k6 does not end
 */
export function restoreLedger(runFolder: string): void {
  const folder = k6FolderPath(runFolder)
  const lines = leftLines(runFolder)
  if (lines === undefined || isAtWork(folder, 'squall')) return
  if (!endsSoon(folder)) {
    throw new CliError(`${runFolder}: its k6 is still at work; look again when it has ended`, EXIT.usage)
  }
  remake(runFolder, lines)
  dropK6Folder(folder)
}

/** What was made before is a part of it. */
function remake(runFolder: string, lines: string): void {
  const path = ledgerPath(runFolder, 'k6-0')
  const half = `${path}.part`
  try {
    ledgerOfLines(ledgerChunks(lines), () => openLedgerSink(half))
  } catch (error) {
    // It was killed before it sent anything: the ledger that is there says so.
    if (error instanceof Error && error.name === 'LedgerUnreadable') return
    throw error
  }
  renameSync(half, path)
}

function endsSoon(folder: string): boolean {
  const untilMs = performance.now() + ENDS_WITHIN_MS
  const never = new Int32Array(new SharedArrayBuffer(4))
  while (isAtWork(folder, 'k6')) {
    if (performance.now() > untilMs) return false
    Atomics.wait(never, 0, 0, LOOK_MS)
  }
  return true
}
