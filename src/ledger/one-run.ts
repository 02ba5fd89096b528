import type { LedgerHead } from './ledger-head.ts'

/** A ledger file of a run that several processes shared. */
export interface RunPart {
  /** What its user calls it. */
  readonly name: string
  readonly head: LedgerHead
}

/** Files that are not, together, one run. The message is one line. */
export class PartsRefused extends Error {
  override readonly name = 'PartsRefused'
}

/**
 * Whether the parts are one run, whole: the same plan, run id, start and target, and each lane in the hands of one of them.
 * @throws PartsRefused with the first reason why not
 */
export function assertOneRun(parts: readonly RunPart[]): void {
  const [first, ...others] = parts
  if (first === undefined) throw new PartsRefused('no part of a run was given')
  for (const other of others) assertSameRun(first, other)
  for (const { name, head } of parts) {
    if (head.writer.resumes)
      throw new PartsRefused(`${name} goes on with a run that was cut off: such a run is whole already`)
  }
  assertEachLaneOnce(parts)
}

function assertSameRun(a: RunPart, b: RunPart): void {
  const differs = (what: string, of: (part: RunPart) => string | number): void => {
    if (of(a) !== of(b))
      throw new PartsRefused(`${a.name} and ${b.name} are not one run: ${what} ${of(a)} and ${of(b)}`)
  }
  differs('their plans have the hashes', ({ head }) => head.header.planHash)
  differs('they are the runs', ({ head }) => head.header.id)
  differs('they started at (epoch ms)', ({ head }) => head.header.startedAtMs)
  differs('they went to', ({ head }) => head.header.target.url)
}

function assertEachLaneOnce(parts: readonly RunPart[]): void {
  const owners: (string | undefined)[] = Array.from({ length: parts[0]!.head.plan.lanes })
  for (const { name, head } of parts) {
    for (const lane of head.writer.lanes) {
      const owner = owners[lane]
      if (owner !== undefined)
        throw new PartsRefused(`${owner} and ${name} both sent lane ${lane}: what overlaps cannot be joined`)
      owners[lane] = name
    }
  }
  const missing = owners.flatMap((owner, lane) => (owner === undefined ? [lane] : []))
  if (missing.length === 0) return
  const lanes = `${missing.slice(0, 8).join(', ')}${missing.length > 8 ? ', …' : ''}`
  throw new PartsRefused(`nobody speaks for ${missing.length} of ${owners.length} lanes (${lanes}): a part is missing`)
}
