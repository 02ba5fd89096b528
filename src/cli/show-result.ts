import process from 'node:process'
import type { Report } from '../model/report.ts'
import { resultJson } from '../on-record.ts'
import { EXIT } from './exit-codes.ts'
import type { OutputFlags } from './output-flags.ts'
import { paintFor } from './terminal/colors.ts'
import { renderResult } from './terminal/result.ts'

/** Prints the answer. @returns the exit code that goes with it */
export function showResult(report: Report, flags: OutputFlags, reportPath: string, next: string): number {
  const paint = paintFor(process.stdout, flags.color)
  const width = process.stdout.columns ?? 100
  process.stdout.write(flags.json ? resultJson(report) : renderResult(report, { width, paint, reportPath, next }))
  const { exitCode } = report.run
  return exitCode === EXIT.inconclusive && flags.inconclusive === 'warn' ? EXIT.ok : exitCode
}
