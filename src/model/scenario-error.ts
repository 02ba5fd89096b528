/** What is wrong with a scenario or with a flag that changes it, in one line: where, what, and how to mend it. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError'
  /** Keys and list positions from the scenario's top. Empty: the scenario as a whole, or a flag. */
  readonly path: readonly (string | number)[]
  /** The message without the place. */
  readonly complaint: string

  constructor(path: readonly (string | number)[], complaint: string) {
    super(path.length > 0 ? `${fieldText(path)}: ${complaint}` : complaint)
    this.path = path
    this.complaint = complaint
  }
}

/** `['phases', 0, 'rate']` → `phases[0].rate` */
function fieldText(path: readonly (string | number)[]): string {
  const parts = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
  return parts.join('').replace(/^\./, '')
}
