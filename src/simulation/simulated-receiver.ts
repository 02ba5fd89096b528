import type { Answer } from '../partner/answer.ts'
import type { PartnerRequest } from '../partner/partner-request.ts'

/** One request as it comes out of the simulated network. */
export interface ArrivedRequest extends PartnerRequest {
  /** Empty: the target's own. */
  readonly path: string
  /** The user's name in the head's Basic authorization; undefined: there is none. */
  readonly basicUser: string | undefined
}

/** Whoever a simulated network leads to. */
export interface SimulatedReceiver {
  /** How often it has come up: answers of an earlier life are never given. */
  readonly lives: number
  receive(request: ArrivedRequest): Answer
}
