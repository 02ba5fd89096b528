import { readFileSync, statSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import type { Command } from 'commander'
import { k6SummaryReport, type Report, resultJson } from '../../index.ts'

interface SummaryFlags {
  readonly out: string
}

const HELP = `
FILE is what the script of "squall k6 script" wrote, or what k6 wrote by --summary-export. What k6 cannot say is null in the result, or stands under
notTested with the reason. Exit 0, or 1 if a threshold of k6 was crossed.`

export function defineSummary(command: Command): void {
  command
    .argument('<file>', 'the summary of k6')
    .option('-o, --out <file>', 'where the result.json goes; -: stdout', '-')
    .addHelpText('after', HELP)
    .action(writeResult)
}

function writeResult(file: string, { out }: SummaryFlags): void {
  const report = reportOf(file)
  const text = resultJson(report)
  if (out === '-') process.stdout.write(text)
  else writeFileSync(out, text)
  process.exitCode = report.run.exitCode
}

/** @throws ResultUnreadable that names the file */
function reportOf(file: string): Report {
  try {
    return k6SummaryReport(readFileSync(file, 'utf8'), statSync(file).mtimeMs)
  } catch (error) {
    if ((error as Error).name === 'ResultUnreadable') (error as Error).message = `${file}: ${(error as Error).message}`
    throw error
  }
}
