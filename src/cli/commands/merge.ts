import process from 'node:process'
import type { Command } from 'commander'
import { systemClock } from '../../adapters/system-world.ts'
import { recordOf, reportInto } from '../judge-run.ts'
import { addOutputFlags, type OutputFlags } from '../output-flags.ts'
import { createRunFolder } from '../run-folder.ts'
import { openRunParts } from '../run-parts.ts'
import { showResult } from '../show-result.ts'

interface MergeFlags extends OutputFlags {
  readonly out?: string
}

const HELP = `
A part is the folder of a run, a ledger file (.sq), or what a k6 runner printed. Nothing is averaged: every attempt is counted as
if one process had made them all. Parts of another plan or run, a lane that two parts sent, or one that nobody speaks for are refused.

Examples:
  squall merge parts/*.log --out reports/merged
  squall audit reports/merged --receipts 'https://partner.example/receipts'`

export function define(command: Command): void {
  addOutputFlags(command.argument('<part...>', 'what each process of the run left'))
    .option('--out <folder>', 'where the whole run lands (default: reports/<time>-<id>)')
    .addHelpText('after', HELP)
    .action(merge)
}

function merge(paths: string[], flags: MergeFlags): void {
  const parts = openRunParts(paths)
  const folder = createRunFolder(flags.out, parts.runId, systemClock.wallMs())
  parts.copyInto(folder.path)
  if (parts.auditsLeftOut > 0 && !flags.quiet) {
    process.stderr.write('squall: what audits said of parts is left out; audit the whole run anew\n')
  }
  const { report } = reportInto(folder, { record: recordOf(folder) })
  const next = `squall audit ${folder.path} --receipts SOURCE judges it by what the store holds`
  process.exitCode = showResult(report, flags, folder.path, next)
}
