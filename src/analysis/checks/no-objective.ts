import type { Verdict } from '../../model/verdict.ts'
import { type Check, unknown } from './check.ts'

/** For a verdict that judges an objective where none is stated. */
export function noObjective(check: Pick<Check, 'id' | 'title'>): Verdict {
  return unknown(check, 'no objective is stated', `State one, under objectives.${check.id} or with --objective.`)
}
