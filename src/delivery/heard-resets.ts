import type { RetryPlan } from '../model/plan.ts'
import type { Transport } from '../model/world.ts'

/**
 * The transport as a retry policy hears it: where that obeys X-RateLimit-Reset, a 429 that says so and has no Retry-After asks for the same. Others' mean
 * many things, and nobody listens to them.
 */
export function hearingResets(transport: Transport, { rateLimitReset }: RetryPlan): Transport {
  if (rateLimitReset === undefined) return transport
  return {
    send: (request, done) =>
      transport.send(request, (outcome) => {
        const stands = outcome.status === 429 && outcome.retryAfter === '' && outcome.rateLimitReset !== undefined
        done(stands ? { ...outcome, retryAfter: outcome.rateLimitReset } : outcome)
      }),
    close: () => transport.close(),
    get stats() {
      return transport.stats
    },
  }
}
