import type { Command } from 'commander'
import { searchK6, supportedK6 } from '../../adapters/k6/k6-program.ts'
import { findChromium } from '../../adapters/machine/find-program.ts'
import { readMachineFacts } from '../../adapters/machine/machine-facts.ts'
import { EXIT } from '../exit-codes.ts'
import { type Finding, findingsOf } from '../findings.ts'
import { type Paint, paintFor } from '../terminal/colors.ts'
import { sanitize } from '../terminal/sanitize.ts'

interface DoctorFlags {
  readonly json: boolean
  readonly color: boolean
}

const HELP = `
Each line says ✓ (fit), ✗ (not fit, and what to do) or ? (not known, or not needed). Exit 0, or 1 if something is not fit.`

export function define(command: Command): void {
  command
    .option('--json', 'the findings as JSON', false)
    .option('--no-color', 'no colours')
    .addHelpText('after', HELP)
    .action(examine)
}

async function examine({ json, color }: DoctorFlags): Promise<void> {
  const [facts, k6, chromium] = await Promise.all([readMachineFacts(), searchK6(), findChromium()])
  const findings = findingsOf(facts, { k6: { ...k6, supported: await supportedK6() }, chromium })
  const fit = findings.every(({ status }) => status !== 'unfit')
  const paint = paintFor(process.stdout, color)
  process.stdout.write(
    json ? `${JSON.stringify({ fit, findings }, null, 2)}\n` : findings.map((one) => lineOf(one, paint)).join(''),
  )
  process.exitCode = fit ? EXIT.ok : EXIT.fail
}

const MARKS = { fit: ['good', '✓'], unfit: ['bad', '✗'], unknown: ['doubtful', '?'] } as const

function lineOf({ status, text, cure }: Finding, paint: Paint): string {
  const [tone, mark] = MARKS[status]
  const line = `${paint(tone, mark)} ${sanitize(text, 500)}\n`
  return cure === '' ? line : `${line}  ${paint('faint', `→ ${cure}`)}\n`
}
