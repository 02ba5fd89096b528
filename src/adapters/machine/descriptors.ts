import { readdirSync } from 'node:fs'
import process from 'node:process'

/** File descriptors of this process; null: unknown. */
export interface Descriptors {
  /** Infinity: no limit. */
  readonly limit: number | null
  readonly open: number | null
}

export function readDescriptors(): Descriptors {
  return { limit: descriptorLimit(), open: openDescriptors() }
}

/** Node has raised its own to the hard limit when it started. */
function descriptorLimit(): number | null {
  // Else it looks up names in the network, which takes its time.
  Object.assign(process.report, { excludeNetwork: true })
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft?: unknown } } }
  const soft = userLimits?.open_files?.soft
  if (soft === 'unlimited') return Number.POSITIVE_INFINITY
  return typeof soft === 'number' ? soft : null
}

function openDescriptors(): number | null {
  try {
    return readdirSync('/proc/self/fd').length
  } catch {
    return null
  }
}
