/** A fault specification that makes no sense: one line that says what and how to mend it. */
export class FaultError extends Error {
  override readonly name = 'FaultError'
}
