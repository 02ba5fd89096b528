import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setInterval } from 'node:timers'
import { fileURLToPath } from 'node:url'

const SQUALL = fileURLToPath(new URL('../../bin/squall.mjs', import.meta.url))
const TICKS_PER_SECOND = 100

/** What a command took, looked up while it ran, so a little less than the whole. Linux alone tells. */
export interface Taken {
  readonly wallS: number
  readonly cpuS: number
  /** The most memory that it ever held. */
  readonly peakMb: number
}

/** Runs `squall` as its users do, to its end. @throws Error for exit codes other than these */
export async function measuredSquall(args: readonly string[], exitCodes: readonly number[]): Promise<Taken> {
  const fromMs = performance.now()
  const child = spawn(process.execPath, [SQUALL, ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
  let [cpuS, peakMb] = [0, 0]
  const watching = setInterval(() => {
    cpuS = cpuSecondsOf(child.pid) ?? cpuS
    peakMb = peakMbOf(child.pid) ?? peakMb
  }, 20)
  const [code] = await once(child, 'exit')
  clearInterval(watching)
  if (!exitCodes.includes(code)) throw new Error(`squall ${args[0]} ended with ${code}`)
  return { wallS: (performance.now() - fromMs) / 1000, cpuS, peakMb }
}

function peakMbOf(pid: number | undefined): number | undefined {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(told(pid, 'status')) ?? []
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
}

/** User and system time are the 14th and 15th field; the second one, in brackets, is a name. */
function cpuSecondsOf(pid: number | undefined): number | undefined {
  const fields = told(pid, 'stat').split(') ').at(-1)!.split(' ')
  return fields.length < 13 ? undefined : (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

/** Empty once the process is gone. */
function told(pid: number | undefined, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
