import type { Options } from 'k6/options'
import { playRun, runOptions } from './play-run.ts'

export const options: Options = runOptions

/** One runner's part of a run whose events go to a partner, as Segment delivers them. */
export default function subscription(): Promise<void> {
  return playRun(['subscription', 'webhook', 'actions'])
}
