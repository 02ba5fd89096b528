import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { promisify } from 'node:util'

/** What the scripts beside this folder say of the parts of a run. */
const PARTS = [
  { name: 'events generated', script: ['generators.ts', 'order'] },
  { name: 'ledger written and read', script: ['ledger.ts', '500000'] },
  { name: 'audit read', script: ['audit.ts', '300000'] },
] as const

export interface Part {
  readonly name: string
  /** As its script prints them. */
  readonly lines: readonly string[]
}

export async function parts(): Promise<Part[]> {
  const measured: Part[] = []
  for (const { name, script } of PARTS) {
    const [file, ...args] = script
    const { stdout } = await promisify(execFile)(execPath, [join(import.meta.dirname, '..', file), ...args])
    measured.push({
      name,
      lines: stdout
        .trim()
        .split('\n')
        .map((line) => line.trim()),
    })
  }
  return measured
}
