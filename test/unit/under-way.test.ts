import { expect, test } from 'vitest'
import { Life } from '../../src/delivery/life.ts'
import { UnderWay } from '../../src/delivery/under-way.ts'
import type { Attempt } from '../../src/model/world.ts'

const attempt: Attempt = {
  abort: () => ({ class: 'timeout', status: 0, ambiguous: true, connectMs: -1, retryAfter: '', detail: '' }),
}

function begun(seq: number): Life {
  const life = new Life({ lane: 0, seq, phase: 0, index: seq, size: 1, copy: 'first', dueMs: seq })
  life.attempt = attempt
  return life
}

test('of attempts that end in any order the oldest is always the one that began first, through many thousands', () => {
  const underWay = new UnderWay()
  const lives = Array.from({ length: 5000 }, (_, seq) => begun(seq))
  for (const life of lives) underWay.push(life)
  for (const life of lives) if (life.delivery.seq % 3 !== 0) life.attempt = undefined
  for (let seq = 0; seq < 5000; seq += 3) {
    expect(underWay.oldest()).toBe(lives[seq])
    lives[seq]!.attempt = undefined
  }
  expect(underWay.oldest()).toBeUndefined()
})

test('what began after all before it had ended is the oldest', () => {
  const underWay = new UnderWay()
  const first = begun(0)
  underWay.push(first)
  first.attempt = undefined
  expect(underWay.oldest()).toBeUndefined()
  const next = begun(1)
  underWay.push(next)
  expect(underWay.oldest()).toBe(next)
})
