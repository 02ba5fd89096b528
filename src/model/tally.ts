/** How many there were, and the first few of them. */
export interface Tally<Example> {
  readonly count: number
  readonly examples: readonly Example[]
}
