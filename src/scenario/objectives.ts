import { z } from 'zod'
import { type LatencyObjective, NO_OBJECTIVES, type Objectives, type VisibilityObjective } from '../model/objectives.ts'
import { ScenarioError } from '../model/scenario-error.ts'
import { fields, unitText } from './fields.ts'
import { parseDurationMs, parseRatePerSecond, parseShare } from './units.ts'

/** Objectives as an author writes them, each under the verdict that judges it: `latency: p99 < 500ms`. */
export interface StatedObjectives {
  readonly latency?: string | readonly string[]
  readonly 'live-under-replay'?: string
  readonly 'visible-in-time'?: string
  readonly throughput?: string
  readonly 'server-errors'?: string
  readonly 'success-rate'?: string
  readonly recovers?: string
}

/** Verdicts that mean nothing without an objective. */
const NEED_OBJECTIVE: readonly (keyof StatedObjectives)[] = ['latency', 'throughput', 'server-errors', 'success-rate']

const EXAMPLES: Readonly<Record<keyof StatedObjectives, string>> = {
  latency: 'p99 < 500ms',
  'live-under-replay': 'p99 < 500ms',
  'visible-in-time': 'p99 < 30s',
  throughput: '>= 480/s',
  'server-errors': '< 1%',
  'success-rate': '>= 99.9%',
  recovers: '< 10s',
}

const latency = unitText(
  (text) => parseLatency(text),
  'A percentile and its limit, from the due moment; p99 < 500ms from send: from the dispatch.',
  [EXAMPLES.latency],
)

export const objectivesSchema: z.ZodType<StatedObjectives> = fields({
  latency: z.union([latency, z.array(latency).min(1)], { error: latencyComplaint }).exactOptional(),
  'live-under-replay': unitText(
    (text) => parseLatency(text, 'live-under-replay'),
    'The same for live traffic beside a replay; the latency objective unless said.',
    [EXAMPLES['live-under-replay']],
  ).exactOptional(),
  'visible-in-time': unitText(
    parseVisible,
    'A percentile of acknowledged events, and how soon they can be read; p99 within the settle time unless said.',
    [EXAMPLES['visible-in-time']],
  ).exactOptional(),
  throughput: unitText(parseThroughput, 'Deliveries accepted per second, at least.', ['>= 480/s']).exactOptional(),
  'server-errors': unitText(parseErrorShare, 'Share of attempts that meet a 5xx, at most.', ['< 1%']).exactOptional(),
  'success-rate': unitText(parseSuccessShare, 'Share of deliveries accepted in the end, at least.', [
    '>= 99.9%',
  ]).exactOptional(),
  recovers: unitText(
    parseRecoveryMs,
    'From the end of an outage or overload until all is as before, at most; as long as it lasted, or 30 s, unless said.',
    ['< 10s'],
  ).exactOptional(),
})

/** What they amount to in numbers. They were checked before. */
export function objectivesOf(stated: StatedObjectives = {}): Objectives {
  const { latency: limits = [], throughput, recovers, 'live-under-replay': live, 'visible-in-time': visible } = stated
  const optional = (text: string | undefined, parse: (text: string) => number): number | null =>
    text === undefined ? null : parse(text)
  return {
    ...NO_OBJECTIVES,
    latency: [limits].flat().map((text) => parseLatency(text)),
    ...(live !== undefined && { liveLatency: [parseLatency(live, 'live-under-replay')] }),
    ...(visible !== undefined && { visible: parseVisible(visible) }),
    acceptedPerSecond: optional(throughput, parseThroughput),
    serverErrorShare: optional(stated['server-errors'], parseErrorShare),
    successShare: optional(stated['success-rate'], parseSuccessShare),
    recoveryMs: optional(recovers, parseRecoveryMs),
  }
}

/** @throws ScenarioError for a verdict that is asked for without the objective that it judges */
export function checkObjectives(verdicts: readonly string[], stated: StatedObjectives = {}): void {
  for (const [i, id] of verdicts.entries()) {
    const needy = NEED_OBJECTIVE.find((verdict) => verdict === id)
    if (needy === undefined || stated[needy] !== undefined) continue
    throw new ScenarioError(['verdicts', i], `${id} needs an objective; add objectives: {${id}: '${EXAMPLES[needy]}'}`)
  }
}

function parseLatency(text: string, verdict: keyof StatedObjectives = 'latency'): LatencyObjective {
  const form = /^p(\d{1,2}(?:\.\d{1,3})?) *<=? *(\S+)(?: +from +(due|send))?$/.exec(text.trim())
  const percentile = Number(form?.[1])
  if (form === null || !(percentile > 0)) throw unreadable(verdict, text)
  const limitMs = parseDurationMs(form[2]!)
  if (limitMs === 0) throw new RangeError(`"${text}": the limit must be more than 0`)
  return { share: decimal(percentile / 100), limitMs, from: form[3] === 'send' ? 'send' : 'due' }
}

function parseVisible(text: string): VisibilityObjective {
  if (/from/.test(text)) throw unreadable('visible-in-time', text)
  const { share, limitMs } = parseLatency(text, 'visible-in-time')
  return { share, limitMs }
}

function parseThroughput(text: string): number {
  return goal('throughput', text, /^>=? *(.+)$/, parseRatePerSecond)
}

function parseErrorShare(text: string): number {
  return goal('server-errors', text, /^<=? *(.+)$/, parseShare)
}

function parseSuccessShare(text: string): number {
  const share = goal('success-rate', text, /^>=? *(.+)$/, parseShare)
  if (share === 1) throw new RangeError('no number of deliveries can show 100%; write what matters, such as >= 99.9%')
  return share
}

function parseRecoveryMs(text: string): number {
  return goal('recovers', text, /^<=? *(.+)$/, parseDurationMs)
}

function goal(verdict: keyof StatedObjectives, text: string, form: RegExp, parse: (amount: string) => number): number {
  const amount = form.exec(text.trim())?.[1]
  if (amount === undefined) throw unreadable(verdict, text)
  const value = decimal(parse(amount))
  if (value === 0)
    throw new RangeError(`no run can show "${text}"; write an amount above 0, such as ${EXAMPLES[verdict]}`)
  return value
}

/** 99.9 / 100 is 0.9990000000000001 in floating point. */
function decimal(value: number): number {
  return Number(value.toPrecision(12))
}

function unreadable(verdict: keyof StatedObjectives, text: string): RangeError {
  return new RangeError(`"${text}" is no objective; write it as ${EXAMPLES[verdict]}`)
}

function latencyComplaint({ input }: { input?: unknown }): string {
  const texts = [input].flat()
  const wrong = texts.find((text) => complaintOfLatency(text) !== '')
  return complaintOfLatency(wrong) || `${JSON.stringify(input)} is no objective; write it as ${EXAMPLES.latency}`
}

function complaintOfLatency(text: unknown): string {
  try {
    parseLatency(`${text}`)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}
