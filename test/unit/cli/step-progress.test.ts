import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { openStepProgress } from '../../../src/cli/step-progress.ts'

const ESC = String.fromCharCode(27)

/** What is said while a thing is done every second, `seconds` long. */
function saidIn(seconds: number, total: number, isTTY: boolean): string[] {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY })
  let nowMs = 0
  const progress = openStepProgress(stream, 'events written', total, () => nowMs)
  for (let second = 1; second <= seconds; second++) {
    nowMs = second * 1000
    progress.show(second * 2000)
  }
  progress.close()
  return stream.read()?.match(isTTY ? /\r[^\r]*/g : /.*\n/g) ?? []
}

test('a pipe gets a line every ten seconds, and none before', () => {
  expect(saidIn(9, 0, false)).toEqual([])
  expect(saidIn(25, 60_000, false)).toEqual([
    '20 000 of 60 000 events written, 2 000/s\n',
    '40 000 of 60 000 events written, 2 000/s\n',
  ])
})

test('a terminal has one line, drawn over itself, which goes away in the end', () => {
  expect(saidIn(2, 0, true)).toEqual([
    `\r2 000 events written, 2 000/s${ESC}[K`,
    `\r4 000 events written, 2 000/s${ESC}[K`,
    `\r${ESC}[K`,
  ])
})
