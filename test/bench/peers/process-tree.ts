import { readdirSync, readFileSync } from 'node:fs'

/** `CLK_TCK` of every Linux there is. */
const TICK_US = 10_000
const PAGE_BYTES = 4096

/** What a process and all that it has started have used so far. */
export interface Usage {
  readonly cpuUs: number
  readonly rssMb: number
}

export function usageOf(rootPid: number): Usage {
  const stats = treeOf(rootPid)
  return {
    cpuUs: stats.reduce((sum, { ticks }) => sum + ticks, 0) * TICK_US,
    rssMb: (stats.reduce((sum, { pages }) => sum + pages, 0) * PAGE_BYTES) / 2 ** 20,
  }
}

/** Sends a signal to a process and to all that it has started. */
export function signalTree(rootPid: number, signal: NodeJS.Signals): void {
  for (const { pid } of treeOf(rootPid)) {
    try {
      process.kill(pid, signal)
    } catch {
      // It has ended by itself.
    }
  }
}

interface Stat {
  readonly pid: number
  readonly parentPid: number
  /** User and system time, also of children that have ended. */
  readonly ticks: number
  readonly pages: number
}

function treeOf(rootPid: number): Stat[] {
  const all = readdirSync('/proc').filter(isPid).flatMap(statOf)
  const members = all.filter(({ pid }) => pid === rootPid)
  // A child may have a lower number than its parent, so each found member is asked for its own children.
  for (const { pid } of members) members.push(...all.filter(({ parentPid }) => parentPid === pid))
  return members
}

function isPid(name: string): boolean {
  return /^\d+$/.test(name)
}

/** Empty: it has ended meanwhile. */
function statOf(pid: string): Stat[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const [parentPid, user, system, userOfEnded, systemOfEnded, pages] = [1, 11, 12, 13, 14, 21].map((i) =>
      Number(fields[i]),
    )
    return [
      {
        pid: Number(pid),
        parentPid: parentPid!,
        ticks: user! + system! + userOfEnded! + systemOfEnded!,
        pages: pages!,
      },
    ]
  } catch {
    return []
  }
}
