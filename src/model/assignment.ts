import type { Plan } from './plan.ts'
import type { RunHeader } from './run-header.ts'

/** What a k6 process is given: the run, and what it needs to play its part of it. */
export interface Assignment {
  readonly plan: Plan
  /** With a start moment that all runners wait for. */
  readonly header: RunHeader
  /** How many processes share the run: runner g of N, from 0, plays the lanes that leave g when divided by N. */
  readonly runners: number
  /** Path of the file that holds the corpus as text. */
  readonly corpus: string
  /** Secret, as `requestsOf` takes them. */
  readonly credentials: {
    readonly apiKey: string
    readonly apiKeys?: readonly string[]
    readonly writeKey?: string
    readonly expiredKey?: string
    readonly headers: readonly string[]
    readonly sharedSecret?: string
  }
  /** Where the secrets stand that the credentials name as `env:NAME`. Absent: the credentials are the secrets themselves. */
  readonly secretsIn?: 'environment'
  /** A target that fails half of a minute's attempts is left alone. Absent: whoever watches the run sees to that. */
  readonly leavesFailing?: boolean
  /** A URL on loopback that is asked a few times a second whether to go on. Absent: nobody is to be asked. */
  readonly control?: string
  /** Names that were looked up before the run, each with the address that it was found to be safe at. */
  readonly hosts: Readonly<Record<string, string>>
  /** The client certificate and its key, PEM texts. Whom to trust stands in the process's environment (`SSL_CERT_FILE`). */
  readonly identity?: { readonly cert: string; readonly key: string }
}

/**
 * What the answer to a control poll begins with; after `stop` and a blank it says who stopped the run. `stop`: start nothing more, wait for
 * what is under way, then end · `abort`: end now. A poll that is refused twice in a row means that nobody is there any more; one that meets silence means nothing.
 */
export type ControlWord = 'go' | 'stop' | 'abort'
