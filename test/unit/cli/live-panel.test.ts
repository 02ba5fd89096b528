import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { plain } from '../../../src/cli/terminal/colors.ts'
import { openLivePanel } from '../../../src/cli/terminal/live-panel.ts'
import { snapshot } from '../../support/snapshots.ts'

/** A panel on a stream of ours, with a clock that we set. */
async function panelOn(stream: PassThrough & { isTTY?: boolean; columns?: number }) {
  const clock = { nowMs: 0 }
  const panel = await openLivePanel(stream, { title: 'live', paint: plain }, false, () => clock.nowMs)
  const written = () => String(stream.read() ?? '')
  return { panel, clock, written }
}

describe('progress in a pipe', () => {
  test('begins with what is going to happen', async () => {
    const { written } = await panelOn(new PassThrough())
    expect(written()).toMatch(/^live; Ctrl-C .*\n$/)
  })

  test('is a line every ten seconds, however often the state comes', async () => {
    const { panel, clock, written } = await panelOn(new PassThrough())
    written()
    for (clock.nowMs = 0; clock.nowMs < 30_000; clock.nowMs += 250) panel.show(snapshot({ atMs: clock.nowMs }))
    expect(
      written()
        .split('\n')
        .filter(Boolean)
        .map((line) => line.slice(0, 5)),
    ).toEqual(['00:10', '00:20'])
  })

  test('has a line more when a phase or a stage ends', async () => {
    const { panel, written } = await panelOn(new PassThrough())
    written()
    panel.show(snapshot({ phase: 'live' }))
    panel.show(snapshot({ phase: 'history' }))
    panel.show(snapshot({ phase: 'history', stage: 'draining' }))
    expect(written().trim().split('\n')).toHaveLength(2)
  })

  test('says at once what has to be said', async () => {
    const { panel, written } = await panelOn(new PassThrough())
    written()
    panel.say('stopping')
    expect(written()).toBe('stopping\n')
  })
})

describe('the panel on a terminal', () => {
  test('is drawn four times a second at most, and at once when the stage changes', async () => {
    const { panel, clock, written } = await panelOn(Object.assign(new PassThrough(), { isTTY: true, columns: 80 }))
    const frames = () => written().split('of 15 750').length - 1
    for (; clock.nowMs < 1000; clock.nowMs += 10) panel.show(snapshot({ sent: clock.nowMs }))
    expect(frames()).toBe(4)
    panel.show(snapshot({ stage: 'draining', sent: 1 }))
    expect(frames()).toBe(1)
  })
})
