import process from 'node:process'
import { systemClock } from '../adapters/system-world.ts'
import type { Prepared, Snapshot } from '../index.ts'
import type { OutputFlags } from './output-flags.ts'
import { paintFor } from './terminal/colors.ts'
import { type LivePanel, openLivePanel, SILENT } from './terminal/live-panel.ts'

/** What a run says on stderr while it goes on. */
export interface Progress extends LivePanel {
  /** A stage that brings no snapshots of its own has begun. */
  stage(stage: Snapshot['stage']): void
}

export async function openProgress(flags: OutputFlags, prepared: Prepared, title: string): Promise<Progress> {
  const panel = await openPanel(flags, title)
  let last = nothingYet(prepared)
  return {
    ...panel,
    show(snapshot) {
      last = snapshot
      panel.show(snapshot)
    },
    stage: (stage) => panel.show({ ...last, stage }),
  }
}

async function openPanel(flags: OutputFlags, title: string): Promise<LivePanel> {
  if (flags.quiet) return SILENT
  const view = { title, paint: paintFor(process.stderr, flags.color) }
  return openLivePanel(process.stderr, view, process.env.CI !== undefined, systemClock.nowMs)
}

function nothingYet({ planned, schedule, plan }: Prepared): Snapshot {
  return {
    atMs: 0,
    endMs: schedule.endMs,
    stage: 'warming',
    phase: plan.phases[0]?.name ?? '',
    planned: planned.first + planned.duplicate + planned.replay,
    sent: 0,
    acked: 0,
    attempts: 0,
    retriesWaiting: 0,
    inFlight: 0,
    overdue: 0,
    ratePerSecond: 0,
    targetPerSecond: 0,
    latencyP50Ms: 0,
    latencyP99Ms: 0,
    pumpLagMaxMs: 0,
    refusedAsExpected: 0,
    classes: {},
  }
}
