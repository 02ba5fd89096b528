import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** How a program ended and what it said. */
export interface ProgramEnd {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const top = fileURLToPath(new URL('../..', import.meta.url))

/** Runs `squall` from its sources, to its end. */
export function squall(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ProgramEnd> {
  return runProgram(process.execPath, ['src/cli/main.ts', ...args], top, env)
}

export function runProgram(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env } })
    const said = { stdout: '', stderr: '' }
    child.stdout.on('data', (chunk) => {
      said.stdout += chunk
    })
    child.stderr.on('data', (chunk) => {
      said.stderr += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...said }))
  })
}
