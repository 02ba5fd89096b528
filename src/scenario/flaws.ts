import { z } from 'zod'
import { FLAWS, flawNamed } from '../model/flaws.ts'
import { nearest } from '../model/nearest.ts'
import type { Expectation } from '../model/plan.ts'
import { ScenarioError } from '../model/scenario-error.ts'
import type { Phase } from './phase.ts'
import type { Scenario } from './schema.ts'
import { parseShare } from './units.ts'

const NAMES = FLAWS.map(({ name }) => name as string)

/** A Stream does not send such an event where it is to be taken. */
const TOO_LARGE = 'oversized'

/** The name of a flaw. */
export const flawSchema: z.ZodType<string> = z.enum(NAMES, { error: ({ input }) => noFlaw(input) })

function noFlaw(word: unknown): string {
  const meant = typeof word === 'string' ? nearest(word, NAMES) : undefined
  const cure = meant === undefined ? 'squall generate --help lists them' : `did you mean "${meant}"?`
  return `${JSON.stringify(word)} is the name of no flaw; ${cure}`
}

/** @throws ScenarioError where a phase's flaws and what is expected of its messages do not go together */
export function checkFlaws(
  phase: Phase,
  path: readonly (string | number)[],
  profile: Scenario['profile'] = 'subscription',
): void {
  const { flaws, expects = 'accepted', credentials = 'own', signature = 'right' } = phase
  const isShown = credentials === 'own' && signature === 'right'
  const leavesOut = profile === 'stream' && expects === 'accepted'
  const wrong = flaws?.names.find((name) => flawNamed(name)?.expects !== expects && !(leavesOut && name === TOO_LARGE))
  if (wrong !== undefined && (isShown || expects === 'accepted')) {
    const cure = CURES[flawNamed(wrong)?.expects ?? 'accepted']
    throw new ScenarioError([...path, 'flaws', 'names', flaws!.names.indexOf(wrong)], `an event with ${wrong} ${cure}`)
  }
  const isAllFlawed = flaws !== undefined && parseShare(flaws.share ?? 1) === 1
  if (expects === 'either' && !isShown)
    throw new ScenarioError([...path, 'expects'], 'what comes with a wrong key or signature is refused: write refused')
  if (expects !== 'accepted' && isShown && !isAllFlawed) {
    const cure = CURES_OF_SOUND[expects]
    throw new ScenarioError([...path, 'expects'], `nothing is wrong with some of the messages; ${cure}`)
  }
}

/** What to do about a flaw in the wrong phase, by what is to be expected of an event that has it. */
const CURES: Readonly<Record<Expectation, string>> = {
  accepted: 'is valid: leave it out',
  refused: 'must be refused: say so with expects: refused',
  either: 'may be refused or taken: say so with expects: either',
}

const CURES_OF_SOUND = {
  refused: 'give each of them a flaw that is invalid, or the phase wrong credentials',
  either: 'give each of them the flaw oversized',
} as const
