import { describe, expect, test } from 'vitest'
import { parseScenario } from '../../src/scenario/parse.ts'

const scenario = (phase: object): object => ({
  name: 'a',
  phases: [{ name: 'live', rate: '1/s', duration: '1s', ...phase }],
})
const flaws = (...names: readonly string[]): object => ({ flaws: { names } })

describe('flaws in a scenario', () => {
  test('are taken by name, valid ones among what is accepted and the others where all is to be refused', () => {
    for (const phase of [
      { flaws: { names: ['null-user-id', 'leap-days'], share: '5%' } },
      { ...flaws('not-json', 'no-type'), expects: 'refused' },
      { ...flaws('large-events'), expects: 'refused', credentials: 'wrong' },
      { ...flaws('oversized'), expects: 'either' },
    ]) {
      expect(() => parseScenario(scenario(phase))).not.toThrow()
    }
  })

  test.each([
    [
      'a slip',
      flaws('nul-user-id'),
      /^phases\[0\]\.flaws\.names\[0\]: "nul-user-id" is the name of no flaw; did you mean "null-user-id"\?$/,
    ],
    ['another word', flaws('mess'), /"mess" is the name of no flaw; squall generate --help lists them$/],
    [
      'an invalid one where all is to be accepted',
      flaws('leap-days', 'no-id'),
      /names\[1\]: an event with no-id must be refused: say so with expects: refused$/,
    ],
    [
      'a valid one where all is to be refused',
      { ...flaws('no-id', 'leap-days'), expects: 'refused' },
      /names\[1\]: an event with leap-days is valid: leave it out$/,
    ],
    [
      'a share of what is to be refused',
      { flaws: { names: ['no-id'], share: '50%' }, expects: 'refused' },
      /expects: nothing is wrong with some of the messages; give each of them a flaw that is invalid/,
    ],
    [
      'one that may be refused where all is to be accepted',
      flaws('oversized'),
      /names\[0\]: an event with oversized may be refused or taken: say so with expects: either$/,
    ],
    [
      'an invalid one where all may be taken',
      { ...flaws('oversized', 'no-id'), expects: 'either' },
      /names\[1\]: an event with no-id must be refused: say so with expects: refused$/,
    ],
    [
      'nothing odd about what may be refused',
      { expects: 'either' },
      /expects: .*; give each of them the flaw oversized$/,
    ],
    [
      'a wrong key where all may be taken',
      { ...flaws('oversized'), expects: 'either', credentials: 'wrong' },
      /expects: what comes with a wrong key or signature is refused: write refused$/,
    ],
    ['nothing wrong with what is to be refused', { expects: 'refused' }, /expects: nothing is wrong with some/],
  ])('%s is met with what to write', (_, phase, complaint) => {
    expect(() => parseScenario(scenario(phase))).toThrow(complaint)
  })
})
