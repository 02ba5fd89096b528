import { availableParallelism } from 'node:os'
import { programOnPath } from '../../../src/adapters/machine/find-program.ts'

/** Whether sender and sink get a core each. */
export const PINS: boolean = programOnPath('taskset') !== undefined && availableParallelism() > 1

/** The command line, bound to one core where that can be done. */
export function onCore(core: number, commandLine: readonly string[]): readonly string[] {
  return PINS ? ['taskset', '-c', String(core), ...commandLine] : commandLine
}
