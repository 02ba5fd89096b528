import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Somewhere that a ledger soon fills. */
export interface SmallDisk {
  readonly folder: string
  /** What the program is started by, so that it meets the limit. */
  readonly before: readonly string[]
  /** What the system says when it is full. */
  readonly complaint: RegExp
  /** Makes room again. */
  grow(): void
  remove(): void
}

const KB = 96

/** A file system of 96 KB in memory where one may be mounted; else a folder, and a limit on how long a file may grow. */
export function smallDisk(): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'squall-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${KB}k`, 'tmpfs', folder]).status === 0
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  if (!mounted) {
    const before = ['bash', '-c', `ulimit -f ${KB}; exec "$@"`, 'limited']
    return { folder, before, complaint: /may not grow any further/, grow: () => undefined, remove }
  }
  return {
    folder,
    before: [],
    complaint: /the disk is full/,
    grow: () => execFileSync('mount', ['-o', 'remount,size=64m', folder]),
    remove() {
      execFileSync('umount', [folder])
      remove()
    },
  }
}
