import { describe, expect, it } from 'vitest'
import { stateSource } from '../../src/adapters/receipts/state-source.ts'
import { ReceiptsUnreadable } from '../../src/model/receipt.ts'
import type { StateLine } from '../../src/model/state.ts'
import { linesOf, serve, tabled, written } from '../support/receipt-stores.ts'

const STATES: readonly StateLine[] = [
  { userId: 'ada', traits: { plan: 'plus', score: 1.5, newsletter: null } },
  { userId: 'bob', traits: {} },
]

async function read(spec: string): Promise<StateLine[]> {
  const lines: StateLine[] = []
  for await (const page of stateSource(spec).read()) lines.push(...page)
  return lines
}

describe('final states are read', () => {
  it('from lines of a file', async () => {
    expect(await read(`file:${written(linesOf(STATES.map((state) => ({ ...state }))))}`)).toEqual(STATES)
  })

  it('over HTTP, with fields that nobody asked for left out', async () => {
    const told = STATES.map((state) => ({ ...state, seen: 7 }))
    const url = await serve((_, answer) => answer.end(linesOf(told)))
    expect(await read(url)).toEqual(STATES)
  })

  it('from a table whose column holds the traits as JSON', async () => {
    const rows = STATES.map(({ userId, traits }) => ({ userId, traits: JSON.stringify(traits) }))
    expect(await read(`sqlite:${tabled(rows)}?query=SELECT * FROM stored`)).toEqual(STATES)
  })
})

describe('what is no state is said in one line', () => {
  it.each([
    ['a line without a user', '{"id":"ada"}', /line 1 has no text under "userId"; write a state as/],
    ['traits that are a list', '{"userId":"ada","traits":[1]}', /the traits of ada are no object/],
    ['traits that are no JSON', '{"userId":"ada","traits":"plus"}', /the traits of ada are no object/],
  ])('%s', async (_, line, message) => {
    await expect(read(`file:${written(`${line}\n`)}`)).rejects.toThrow(ReceiptsUnreadable)
    await expect(read(`file:${written(`${line}\n`)}`)).rejects.toThrow(message)
  })
})
