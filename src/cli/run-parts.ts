import { existsSync, statSync } from 'node:fs'
import {
  copyLedger,
  ledgerChunks,
  ledgerFiles,
  ledgerFolder,
  ledgerPath,
  openLedgerSink,
} from '../adapters/ledger-file.ts'
import { assertOneRun, headOfLines, ledgerOfLines, type RunPart, readLedgerHead } from '../index.ts'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'
import { restoreLedger } from './restore-ledger.ts'

/** A file that holds what one process of a run did. */
interface PartFile extends RunPart {
  readonly path: string
  /** Lines that an engine printed, or a ledger. */
  readonly form: 'lines' | 'ledger'
}

/** The files that several processes of one run left, checked to be that run, whole. What audits said of parts is left out. */
export interface RunParts {
  readonly runId: string
  /** How many audits of parts there were: none of them speaks for the whole. */
  readonly auditsLeftOut: number
  /** Puts the run's ledger into a run's folder. */
  copyInto(folder: string): void
}

/** @param paths folders of runs, ledger files, or files of what k6 printed @throws CliError when they are not one whole run */
export function openRunParts(paths: readonly string[]): RunParts {
  const all = paths.flatMap(filesOf).map(opened)
  const files = all.filter(({ head }) => head.writer.lanes.length > 0)
  try {
    assertOneRun(files)
  } catch (error) {
    if (!(error instanceof Error && error.name === 'PartsRefused')) throw error
    throw new CliError(error.message, EXIT.usage)
  }
  return {
    runId: files[0]!.head.header.id,
    auditsLeftOut: all.length - files.length,
    copyInto(folder) {
      for (const [i, file] of files.entries()) copy(file, ledgerPath(folder, partName(i)))
    },
  }
}

/** Names that sort as the parts were given. */
function partName(i: number): string {
  return `part-${String(i + 1).padStart(4, '0')}`
}

function copy({ path, form }: PartFile, to: string): void {
  if (form === 'ledger') copyLedger(path, to)
  else ledgerOfLines(ledgerChunks(path), () => openLedgerSink(to))
}

/** A part is a run's folder or a single file. */
function filesOf(path: string): string[] {
  if (!existsSync(path)) throw new CliError(`${path} is not there`, EXIT.usage)
  if (!statSync(path).isDirectory()) return [path]
  restoreLedger(path)
  const files = existsSync(ledgerFolder(path)) ? ledgerFiles(path) : []
  if (files.length > 0) return files
  throw new CliError(`${path} is not the folder of a run: there is no ledger in it`, EXIT.usage)
}

function opened(path: string): PartFile {
  const form = path.endsWith('.sq') ? 'ledger' : 'lines'
  try {
    const head = form === 'ledger' ? readLedgerHead(ledgerChunks(path)) : headOfLines(ledgerChunks(path))
    return { name: path, path, form, head }
  } catch (error) {
    if (!(error instanceof Error && error.name === 'LedgerUnreadable')) throw error
    throw new CliError(`${path} cannot be read as a part of a run: ${error.message}`, EXIT.usage)
  }
}
