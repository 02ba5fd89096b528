/** Records of other runs in a store that shows nothing of the run that is asked about. */
export interface OtherRuns {
  readonly records: number
  /** Ids of a few of them. */
  readonly runs: readonly string[]
}
