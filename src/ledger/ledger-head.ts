import type { Plan } from '../model/plan.ts'
import type { RunHeader } from '../model/run-header.ts'

/** What every ledger file begins with. */
export interface LedgerHead {
  readonly plan: Plan
  readonly header: RunHeader
  readonly writer: LedgerWriterIdentity
}

/** Who wrote the file, and the lanes whose deliveries nobody else sends. An audit's file owns none. */
export interface LedgerWriterIdentity {
  readonly id: string
  readonly lanes: readonly number[]
  /** It goes on where a writer before it was cut off, with all lanes. */
  readonly resumes?: Resumes
}

/** The run's time stands still between a cut and what goes on after it. */
export interface Resumes {
  /** The run's time at which it goes on. */
  readonly fromMs: number
  /** How much later than the run's time, counted from its start, it truly was: the sum of all gaps so far. */
  readonly gapMs: number
}

/** A file from which not even the plan can be read. The message is one line; its caller says which file. */
export class LedgerUnreadable extends Error {
  override readonly name = 'LedgerUnreadable'
  /** It ends within its head. A writer writes that before it sends anything, so nothing of such a file was ever sent. */
  readonly endsInHead: boolean

  constructor(message: string, endsInHead = false) {
    super(message)
    this.endsInHead = endsInHead
  }
}

/** The end of the year 9999. */
const WALL_MS_MAX = 253_402_300_799_999

export function encodeHead(head: LedgerHead): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(head))
}

/** @throws LedgerUnreadable */
export function decodeHead(payload: Uint8Array): LedgerHead {
  const head = parsed(payload)
  if (!isHead(head))
    throw new LedgerUnreadable('its first block is not the head of a run; it was not written by squall')
  if (head.plan.format !== 1) {
    throw new LedgerUnreadable(`its plan has format ${String(head.plan.format)} and this squall reads 1; update squall`)
  }
  return head
}

function parsed(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(payload))
  } catch {
    return undefined
  }
}

/** Enough to go on without stumbling; the checksum vouches for the rest. */
function isHead(value: unknown): value is LedgerHead {
  const head = value as Partial<LedgerHead> | null | undefined
  const { plan, header, writer } = head ?? {}
  return (
    Number.isSafeInteger(plan?.lanes) &&
    Array.isArray(plan?.phases) &&
    typeof header?.id === 'string' &&
    header.startedAtMs >= 0 &&
    header.startedAtMs <= WALL_MS_MAX &&
    typeof header.planned === 'object' &&
    typeof writer?.id === 'string' &&
    Array.isArray(writer.lanes)
  )
}
