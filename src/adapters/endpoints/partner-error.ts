/** The endpoint cannot be served as asked: one line that says what, where and how to mend it. */
export class PartnerError extends Error {
  override readonly name = 'PartnerError'
}
