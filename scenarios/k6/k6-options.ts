import type { Options } from 'k6/options'
import { scheduleOf } from '../../generators/schedule/schedule.ts'
import type { Assignment } from '../../src/model/assignment.ts'

/** For what comes after the drain: second offers, and a machine that is slow. */
const MARGIN_MS = 120_000

/** One VU a process, playing once. k6's own measuring is switched off as far as a script can: the lines say more. */
export function optionsOf({ plan, header, runners, hosts, identity }: Assignment, nowMs: number): Options {
  const { drainMs, timeoutMs, inFlightMax } = plan.delivery
  const waitMs = Math.max(0, header.startedAtMs - nowMs)
  const lengthMs = waitMs + scheduleOf(plan).endMs + drainMs + timeoutMs + MARGIN_MS
  return {
    scenarios: {
      lanes: {
        executor: 'per-vu-iterations',
        vus: runners,
        iterations: 1,
        maxDuration: `${Math.ceil(lengthMs / 1000)}s`,
        gracefulStop: '1s',
      },
    },
    // So many idle connections are kept.
    batch: inFlightMax,
    batchPerHost: inFlightMax,
    hosts,
    dns: { ttl: 'inf', select: 'first', policy: 'any' },
    tlsVersion: { min: 'tls1.2', max: 'tls1.3' },
    ...(identity && { tlsAuth: [identity] }),
    systemTags: [],
    throw: false,
  }
}
