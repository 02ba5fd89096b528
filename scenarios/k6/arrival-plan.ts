import { areaOf } from '../../src/model/pace.ts'
import type { PacePiece, PhasePlan, Plan } from '../../src/model/plan.ts'
import { parseDurationMs, parseRatePerSecond } from '../../src/scenario/units.ts'

/** k6 starts a few iterations more than its rate times its duration. */
const SPARE_MESSAGES = 64
/** What a consent that nothing proves allows. */
const CAPPED_PER_SECOND = 50
const CAPPED_MS = 600_000

type Variables = Readonly<Record<string, string | undefined>>

/**
 * The plan as k6's arrival rate plays it: the main phase alone, each message once and by itself, at the rate that the variables say.
 * @throws Error in one line
 */
export function arrivalPlan(plan: Plan, variables: Variables): Plan {
  const main = plan.phases[plan.mainPhase]!
  const pieces = piecesOf(main, variables)
  const durationMs = pieces.at(-1)!.toMs
  const phase: PhasePlan = {
    ...main,
    startMs: 0,
    durationMs,
    pace: { arrivals: 'even', pieces },
    messages: { first: 0, count: Math.ceil(pieces.reduce((sum, piece) => sum + areaOf(piece), 0)) + SPARE_MESSAGES },
    again: { first: 0, count: 0 },
    copies: { duplicateShare: 0, lagMeanMs: 0, racingShare: 0 },
    shuffleMs: 0,
  }
  return {
    ...plan,
    phases: [phase],
    mainPhase: 0,
    warmUpMs: 0,
    traffic: { ...plan.traffic, namespaces: 1 },
    delivery: { ...plan.delivery, batchSize: 0 },
    retry: { ...plan.retry, policy: 'none' },
  }
}

/** @throws Error where more is asked for than a consent allows */
export function assertCapped({ phases: [phase] }: Plan): void {
  const { pace, durationMs } = phase!
  const peak = Math.max(...pace.pieces.flatMap(({ fromPerSecond, toPerSecond }) => [fromPerSecond, toPerSecond]))
  if (peak <= CAPPED_PER_SECOND && durationMs <= CAPPED_MS) return
  throw new Error(`--i-own allows ${CAPPED_PER_SECOND} requests/s for 10 minutes: lower SQUALL_RATE or SQUALL_DURATION`)
}

function piecesOf(phase: PhasePlan, variables: Variables): readonly PacePiece[] {
  const { SQUALL_RATE: rate, SQUALL_DURATION: duration, SQUALL_STAGES: stages } = variables
  if (stages) return stagePieces(stages, rate ? read('SQUALL_RATE', rate, parseRatePerSecond) : 0)
  const planned = withCopies(phase)
  if (!rate && !duration) return planned
  const perSecond = rate ? read('SQUALL_RATE', rate, parseRatePerSecond) : planned[0]!.fromPerSecond
  const toMs = duration ? read('SQUALL_DURATION', duration, parseDurationMs) : phase.durationMs
  return [{ fromMs: 0, toMs, fromPerSecond: perSecond, toPerSecond: perSecond }]
}

/** The plan counts first copies, and whoever named a rate meant all of them. */
function withCopies({ pace, copies: { duplicateShare, racingShare } }: PhasePlan): PacePiece[] {
  const whole = (perSecond: number): number => Math.round(perSecond * (1 + duplicateShare + racingShare) * 1e6) / 1e6
  return pace.pieces.map((piece) => ({
    ...piece,
    fromPerSecond: whole(piece.fromPerSecond),
    toPerSecond: whole(piece.toPerSecond),
  }))
}

/** `30s:100/s,1m:100/s,30s:0/s`: how long, and the rate at its end. */
function stagePieces(text: string, startPerSecond: number): PacePiece[] {
  const pieces: PacePiece[] = []
  for (const stage of text.split(',')) {
    const [length = '', rate = ''] = stage.split(':')
    const { toMs: fromMs = 0, toPerSecond: fromPerSecond = startPerSecond } = pieces.at(-1) ?? {}
    const toMs = fromMs + read('SQUALL_STAGES', length, parseDurationMs)
    pieces.push({ fromMs, toMs, fromPerSecond, toPerSecond: read('SQUALL_STAGES', rate, parseRatePerSecond) })
  }
  return pieces
}

function read(name: string, text: string, parse: (text: string) => number): number {
  try {
    return parse(text)
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`)
  }
}
