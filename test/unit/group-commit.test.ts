import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { GroupCommit } from '../../src/adapters/endpoints/group-commit.ts'
import { type Answer, OK } from '../../src/partner/answer.ts'
import { MemoryStore } from '../../src/partner/memory-store.ts'

class CountingStore extends MemoryStore {
  commits = 0
  full = false

  override commit(): void {
    this.commits++
    if (this.full) throw new Error('database or disk is full')
  }
}

/** The answers given to `count` requests of one turn. */
async function answersOf(store: CountingStore, count: number): Promise<Answer[]> {
  const commits = new GroupCommit(store)
  const answers: Answer[] = []
  const all = new EventTarget()
  const answered = once(all, 'all')
  for (let i = 0; i < count; i++) {
    commits.answer(OK, (answer) => {
      expect(store.commits).toBe(1)
      if (answers.push(answer) === count) all.dispatchEvent(new Event('all'))
    })
  }
  expect(answers).toEqual([])
  await answered
  return answers
}

describe('a group commit', () => {
  test('commits once for all requests of a turn, before any of them is answered', async () => {
    expect(await answersOf(new CountingStore(), 5)).toEqual(Array(5).fill(OK))
  })

  test('answers 503 to every request whose commit failed', async () => {
    const store = new CountingStore()
    store.full = true
    expect((await answersOf(store, 5)).map(({ status }) => status)).toEqual(Array(5).fill(503))
  })
})
