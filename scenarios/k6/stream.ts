import type { Options } from 'k6/options'
import { playRun, runOptions } from './play-run.ts'

export const options: Options = runOptions

/** One runner's part of a run whose events go to Segment's HTTP Tracking API, as a Stream partner sends them. */
export default function stream(): Promise<void> {
  return playRun(['stream'])
}
