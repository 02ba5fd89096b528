import type { ReadinessCondition } from '../../model/readiness.ts'
import type { Need } from './need.ts'

/** A condition, and which verdicts of which experiments decide it. */
export interface Condition extends Pick<ReadinessCondition, 'id' | 'group' | 'question' | 'mend'> {
  /** A verdict of these that fails refutes it, in whichever experiment. */
  readonly verdicts: readonly string[]
  /** These must have been played, and must have asked for one of the verdicts. */
  readonly shownBy: readonly string[]
  /** Only these experiments count. Absent: all. */
  readonly onlyIn?: readonly string[]
  /** What has to be given before anybody can ask. */
  readonly needs?: Need
}
