/** pass · fail · unknown, with the claim, the evidence and the bound. */
export interface Verdict {
  readonly id: string
  readonly title: string
  readonly status: VerdictStatus
  /** What holds, or does not, in one sentence with its numbers and its bound. */
  readonly claim: string
  readonly evidence: Readonly<Record<string, unknown>>
  /** What to do about it; empty for a pass. */
  readonly fix: string
}

export type VerdictStatus = 'pass' | 'fail' | 'unknown'
