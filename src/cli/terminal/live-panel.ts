import type { Snapshot } from '../../model/snapshot.ts'
import { type PanelView, renderPanel, renderProgressLine } from './panel.ts'
import { sanitize } from './sanitize.ts'

/** Shows a run while it goes on. */
export interface LivePanel {
  /** Takes the run's present state, as often as it comes; draws as often as is worth it. */
  show(snapshot: Snapshot): void
  /** Says something that stays. */
  say(line: string): void
  /** Takes the panel away. */
  close(): void
}

/** Where a panel is drawn: a terminal's stderr, or a pipe. */
export interface PanelStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean
  readonly columns?: number
}

const FRAME_MS = 250
const LINE_MS = 10_000
const RATES_KEPT = 40

/**
 * @param ci whether a machine reads along: then a terminal gets lines too
 * @param nowMs monotonic
 */
export async function openLivePanel(
  stream: PanelStream,
  view: Pick<PanelView, 'title' | 'paint'>,
  ci: boolean,
  nowMs: () => number,
): Promise<LivePanel> {
  if (stream.isTTY !== true || ci) return lineByLine(stream, view.title, nowMs)
  const { createLogUpdate } = await import('log-update')
  return drawnInPlace(stream, view, nowMs, createLogUpdate(stream as NodeJS.WriteStream))
}

export const SILENT: LivePanel = { show: () => undefined, say: () => undefined, close: () => undefined }

/** Draws a frame over the last one. */
interface Draw {
  (text: string): void
  clear(): void
  persist(text: string): void
}

function drawnInPlace(
  stream: PanelStream,
  view: Pick<PanelView, 'title' | 'paint'>,
  nowMs: () => number,
  draw: Draw,
): LivePanel {
  let nextMs = Number.NEGATIVE_INFINITY
  let stage = ''
  let rates: number[] = []
  return {
    show(snapshot) {
      if (nowMs() < nextMs && snapshot.stage === stage) return
      nextMs = nowMs() + FRAME_MS
      stage = snapshot.stage
      rates = [...rates, snapshot.ratePerSecond].slice(-RATES_KEPT)
      draw(renderPanel(snapshot, { ...view, rates, width: stream.columns ?? 80 }))
    },
    say: (line) => draw.persist(line),
    close: () => draw.clear(),
  }
}

/** A line at once, then one every ten seconds, and whenever a phase or stage has ended. */
function lineByLine(stream: PanelStream, title: string, nowMs: () => number): LivePanel {
  stream.write(`${sanitize(title)}; Ctrl-C stops, drains and judges\n`)
  let nextMs = nowMs() + LINE_MS
  let last: Snapshot | undefined
  return {
    show(snapshot) {
      const turned = last !== undefined && (last.phase !== snapshot.phase || last.stage !== snapshot.stage)
      if (turned || nowMs() >= nextMs) {
        stream.write(`${renderProgressLine(snapshot)}\n`)
        nextMs = nowMs() + LINE_MS
      }
      last = snapshot
    },
    say: (line) => void stream.write(`${line}\n`),
    close: () => undefined,
  }
}
