import { z } from 'zod'
import { ARRIVAL_RUN, type ArrivalRun } from '../model/arrival-run.ts'
import { ResultUnreadable } from './parse-result.ts'

/** The end-of-test summary of k6, whichever of its two forms it had. */
export interface K6Summary {
  readonly run: ArrivalRun
  /** Null: the form does not say. */
  readonly durationMs: number | null
  /** Each metric's values by k6's names; none: nothing was counted. */
  valuesOf(metric: string): Readonly<Record<string, number>>
  readonly thresholds: readonly { readonly metric: string; readonly text: string; readonly crossed: boolean }[]
}

const metric = z.looseObject({
  values: z.record(z.string(), z.number()).optional(),
  thresholds: z.record(z.string(), z.union([z.boolean(), z.object({ ok: z.boolean() })])).optional(),
})
const phase = z.looseObject({
  name: z.string(),
  durationMs: z.number(),
  pace: z.object({
    pieces: z
      .array(z.object({ fromMs: z.number(), toMs: z.number(), fromPerSecond: z.number(), toPerSecond: z.number() }))
      .min(1),
  }),
})
const run = z.looseObject({
  plan: z.looseObject({
    seed: z.number(),
    scenario: z.string(),
    profile: z.string(),
    phases: z.array(phase).length(1),
  }),
  header: z.looseObject({
    id: z.string(),
    startedAtMs: z.number(),
    planHash: z.string(),
    target: z.object({ url: z.string() }),
    engine: z.object({ name: z.literal('k6'), version: z.string() }),
    asks: z.looseObject({ verdicts: z.array(z.string()), skipped: z.record(z.string(), z.string()) }),
    environment: z.looseObject({}),
  }),
})
const shape = z.looseObject({
  metrics: z.record(z.string(), metric),
  setup_data: z.looseObject({ [ARRIVAL_RUN]: z.string() }),
  state: z.looseObject({ testRunDurationMs: z.number() }).optional(),
})

/** @throws ResultUnreadable in one line */
export function parseK6Summary(text: string): K6Summary {
  const value = parsed(text)
  const result = shape.safeParse(value)
  if (!result.success) throw new ResultUnreadable(complaint(value, result.error.issues[0]))
  const { metrics, setup_data, state } = result.data
  const told = parsed(setup_data[ARRIVAL_RUN])
  const { error } = run.safeParse(told)
  if (error) throw new ResultUnreadable(incomplete(error.issues[0]))
  return {
    run: told as ArrivalRun,
    durationMs: state?.testRunDurationMs ?? null,
    valuesOf: (name) => numbersOf(metrics[name]),
    thresholds: Object.entries(metrics).flatMap(([name, { thresholds = {} }]) =>
      Object.entries(thresholds).map(([text, fate]) => ({ metric: name, text, crossed: isCrossed(fate) })),
    ),
  }
}

/** In the form of `--summary-export` the values stand in the metric itself. */
function numbersOf(found: z.infer<typeof metric> | undefined): Record<string, number> {
  const numbers = Object.entries(found?.values ?? found ?? {}).filter(([, value]) => typeof value === 'number')
  return Object.fromEntries(numbers) as Record<string, number>
}

/** `--summary-export` says true for a threshold that was crossed. */
function isCrossed(fate: boolean | { readonly ok: boolean }): boolean {
  return typeof fate === 'boolean' ? fate : !fate.ok
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ResultUnreadable(`it is not JSON, or was cut off: ${(error as Error).message.replace(/\s+/g, ' ')}`)
  }
}

function complaint(value: unknown, issue: z.core.$ZodIssue | undefined): string {
  const has = (name: string): boolean => typeof value === 'object' && value !== null && name in value
  if (!has('metrics')) return 'it is no summary of k6: it has no metrics'
  const data = has('setup_data') ? (value as { setup_data: unknown }).setup_data : undefined
  if (typeof data !== 'object' || data === null || !(ARRIVAL_RUN in data)) {
    return 'its script was not ours, and k6 alone does not say what was sent: "squall k6 script arrival-rate" writes one that does'
  }
  return incomplete(issue)
}

function incomplete(issue: z.core.$ZodIssue | undefined): string {
  return `it is no whole summary of k6: at ${issue?.path.join('.')}: ${issue?.message}`
}
