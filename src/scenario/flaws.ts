import { z } from 'zod'
import { FLAWS, flawNamed } from '../model/flaws.ts'
import { nearest } from '../model/nearest.ts'
import { ScenarioError } from '../model/scenario-error.ts'
import type { Phase } from './phase.ts'
import { parseShare } from './units.ts'

const NAMES = FLAWS.map(({ name }) => name as string)

/** The name of a flaw. */
export const flawSchema: z.ZodType<string> = z.enum(NAMES, { error: ({ input }) => noFlaw(input) })

function noFlaw(word: unknown): string {
  const meant = typeof word === 'string' ? nearest(word, NAMES) : undefined
  const cure = meant === undefined ? 'squall generate --help lists them' : `did you mean "${meant}"?`
  return `${JSON.stringify(word)} is the name of no flaw; ${cure}`
}

/** @throws ScenarioError where a phase's flaws and what is expected of its messages do not go together */
export function checkFlaws(phase: Phase, path: readonly (string | number)[]): void {
  const { flaws, expects = 'accepted', credentials = 'own', signature = 'right' } = phase
  const isShown = credentials === 'own' && signature === 'right'
  const wrong = flaws?.names.findIndex((name) => flawNamed(name)?.valid === (expects === 'refused')) ?? -1
  if (wrong !== -1 && (isShown || expects === 'accepted')) {
    const cure = expects === 'accepted' ? 'must be refused: say so with expects: refused' : 'is valid: leave it out'
    throw new ScenarioError([...path, 'flaws', 'names', wrong], `an event with ${flaws?.names[wrong]} ${cure}`)
  }
  const isAllFlawed = flaws !== undefined && parseShare(flaws.share ?? 1) === 1
  if (expects === 'refused' && isShown && !isAllFlawed) {
    const cure = 'give each of them a flaw that is invalid, or the phase wrong credentials'
    throw new ScenarioError([...path, 'expects'], `nothing is wrong with some of the messages; ${cure}`)
  }
}
