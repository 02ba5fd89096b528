import { setTimeout as delay } from 'node:timers/promises'
import type { Prepared } from '../index.ts'
import type { EmbeddedPartner } from './embedded-partner.ts'
import type { RunLedger } from './run-ledger.ts'

/** Kills the embedded partner in the middle of the main phase, and starts it again. Does nothing once the run is told to stop. */
export async function crashMidRun(
  partner: EmbeddedPartner,
  { plan }: Prepared,
  mark: RunLedger['mark'],
  stop: AbortSignal,
): Promise<void> {
  const main = plan.phases[plan.mainPhase]
  if (main === undefined) return
  try {
    await delay(main.startMs + main.durationMs / 2, undefined, { signal: stop })
  } catch {
    return
  }
  mark('restart', 'the embedded partner was killed')
  await partner.crash()
  mark('restart', 'the embedded partner is back on the same port, with the same file')
}
