import { ledgerPath, openLedgerSink } from '../adapters/ledger-file.ts'
import { systemClock } from '../adapters/system-world.ts'
import { LedgerWriter, type Prepared, type RunWorld } from '../index.ts'
import type { MarkObservation } from '../model/observation.ts'
import type { Recorder } from '../model/recorder.ts'
import { maskedRecorder } from './masked-recorder.ts'
import { maskOf } from './secret-mask.ts'

/** Whose ledger it is, and where it is kept. */
export interface LedgerOwner {
  readonly prepared: Prepared
  readonly folder: string
  readonly credentials: RunWorld['credentials']
}

/** The ledger file of a run under way. */
export interface RunLedger {
  /** Keeps the run's secrets out. */
  readonly recorder: Recorder
  /** Puts a moment of the run's on record. */
  readonly mark: (mark: MarkObservation['mark'], text: string) => void
  close(): void
}

export function openRunLedger(
  { folder, credentials, prepared }: LedgerOwner,
  head: ConstructorParameters<typeof LedgerWriter>[1],
): RunLedger {
  const writer = new LedgerWriter(openLedgerSink(ledgerPath(folder, head.writer.id)), head)
  const { startedAtMs } = head.header
  return {
    recorder: maskedRecorder(writer, maskOf(credentials, prepared)),
    mark: (mark, text) => writer.record({ kind: 'mark', atMs: systemClock.wallMs() - startedAtMs, mark, text }),
    close: () => closeQuietly(writer),
  }
}

/** A disk that was full is still full: that has been said. */
function closeQuietly(writer: LedgerWriter): void {
  try {
    writer.close()
  } catch {}
}

/** What is said of a ledger that cannot be written any more. */
export function unwritable(trouble: unknown): string {
  return `the ledger cannot be written (${trouble instanceof Error ? trouble.message : String(trouble)})`
}
