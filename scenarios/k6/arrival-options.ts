import type { Options, Scenario } from 'k6/options'
import type { PacePiece, Plan } from '../../src/model/plan.ts'

type Variables = Readonly<Record<string, string | undefined>>

/** Metadata of clouds and the link itself: no load ever goes there. */
const NEVER = ['169.254.0.0/16', '100.100.100.200/32', '168.63.129.16/32', 'fe80::/10', 'fd00:ec2::254/128']
const TREND_STATS = ['count', 'min', 'avg', 'med', 'p(90)', 'p(95)', 'p(99)', 'p(99.9)', 'max']
/** What is dropped is never sent: a run that drops has not done what it was to do. */
const THRESHOLDS = { dropped_iterations: ['count<1'], http_req_failed: ['rate<0.01'] }

/** k6's own options: an open model, its thresholds, and its metrics with their usual tags, for dashboards and for the Cloud. */
export function arrivalOptions({ phases: [phase], delivery }: Plan, variables: Variables): Options {
  const { pieces } = phase!.pace
  const peak = Math.max(...pieces.flatMap(({ fromPerSecond, toPerSecond }) => [fromPerSecond, toPerSecond]))
  const preAllocatedVUs = Number(variables.SQUALL_VUS ?? Math.min(500, Math.max(10, Math.ceil(peak / 10))))
  const maxVUs = Number(variables.SQUALL_MAX_VUS ?? preAllocatedVUs)
  return {
    scenarios: { events: { ...executorOf(pieces), preAllocatedVUs, maxVUs } as Scenario },
    thresholds: variables.SQUALL_THRESHOLDS ? JSON.parse(variables.SQUALL_THRESHOLDS) : THRESHOLDS,
    summaryTrendStats: TREND_STATS,
    blacklistIPs: NEVER,
    maxRedirects: 0,
    setupTimeout: `${delivery.timeoutMs + 60_000}ms`,
  }
}

function executorOf(pieces: readonly PacePiece[]): object {
  const [first] = pieces
  const even = pieces.length === 1 && first!.fromPerSecond === first!.toPerSecond
  return even
    ? { executor: 'constant-arrival-rate', ...inWhole(first!.fromPerSecond), duration: `${first!.toMs}ms` }
    : ramping(pieces)
}

/** k6 takes whole numbers. */
function inWhole(perSecond: number): { rate: number; timeUnit: string } {
  if (Number.isInteger(perSecond)) return { rate: perSecond, timeUnit: '1s' }
  return { rate: Math.max(1, Math.round(perSecond * 3600)), timeUnit: '1h' }
}

/** A jump is a stage that takes no time. */
function ramping(pieces: readonly PacePiece[]): object {
  const perHour = (perSecond: number): number => Math.round(perSecond * 3600)
  const stages = pieces.flatMap((piece, i) => {
    const jumps = i > 0 && pieces[i - 1]!.toPerSecond !== piece.fromPerSecond
    const ramp = { target: perHour(piece.toPerSecond), duration: `${piece.toMs - piece.fromMs}ms` }
    return jumps ? [{ target: perHour(piece.fromPerSecond), duration: '0s' }, ramp] : [ramp]
  })
  const startRate = perHour(pieces[0]!.fromPerSecond)
  return { executor: 'ramping-arrival-rate', startRate, timeUnit: '1h', stages }
}
