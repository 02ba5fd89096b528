import type { Command } from 'commander'
import { recordOf, reportInto } from '../judge-run.ts'
import { addOutputFlags, type OutputFlags } from '../output-flags.ts'
import { existingRunFolder } from '../run-folder.ts'
import { showResult } from '../show-result.ts'

const HELP = `
Makes result.json, report.html, report.md, junit.xml, latency.hlog and failed.ndjson again from the ledger: the same bytes, unless
squall has learnt to judge better.`

export function define(command: Command): void {
  addOutputFlags(command.argument('<run>', 'the folder of a run')).addHelpText('after', HELP).action(report)
}

function report(run: string, flags: OutputFlags): void {
  const folder = existingRunFolder(run)
  const { report: made } = reportInto(folder, { record: recordOf(folder) })
  process.exitCode = showResult(
    made,
    flags,
    folder.path,
    `squall audit ${run} --receipts SOURCE judges it by what the store holds now`,
  )
}
