import { readFileSync } from 'node:fs'

/** A second of /proc's clock has so many ticks, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100
const KB_PER_MB = 1024

/** What a process took. Null where this system does not tell, and once it has ended. */
export interface ProcessUsage {
  /** CPU time over wall time since the last call. */
  readonly cpuRatio: number | null
  readonly rssMb: number | null
}

/** Watches another process from now on. */
export function processUsage(pid: number): { take(): ProcessUsage } {
  let before = cpuMs(pid)
  let takenAtMs = performance.now()
  return {
    take() {
      const nowMs = performance.now()
      const now = cpuMs(pid)
      const cpuRatio = before === null || now === null ? null : (now - before) / Math.max(1, nowMs - takenAtMs)
      before = now
      takenAtMs = nowMs
      return { cpuRatio, rssMb: rssMb(pid) }
    },
  }
}

/** User and system time so far. */
function cpuMs(pid: number): number | null {
  const fields = statFields(pid)
  return fields === null ? null : ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND
}

function rssMb(pid: number): number | null {
  const kb = /^VmRSS:\s*(\d+) kB$/m.exec(textOf(`/proc/${pid}/status`) ?? '')?.[1]
  return kb === undefined ? null : Number(kb) / KB_PER_MB
}

/** A process by its number and its beginning, so that no later one passes for it; undefined: it has ended. */
export function processName(pid: number): string | undefined {
  if (pid <= 0) return undefined
  const fields = statFields(pid)
  if (fields !== null) return fields[0] === 'Z' ? undefined : `${pid} since ${fields[19]}`
  try {
    process.kill(pid, 0)
    return `${pid}`
  } catch {
    return undefined
  }
}

/** What stands after the program's name, which may hold anything. */
function statFields(pid: number): readonly string[] | null {
  const text = textOf(`/proc/${pid}/stat`)
  return text === null ? null : text.slice(text.lastIndexOf(')') + 2).split(' ')
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
