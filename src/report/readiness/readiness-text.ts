import type { Readiness, ReadinessAnswer, ReadinessCondition } from '../../model/readiness.ts'
import type { VerdictStatus } from '../../model/verdict.ts'

/** What a condition's answer amounts to. */
export const STATUS_OF: Readonly<Record<ReadinessAnswer, VerdictStatus>> = {
  yes: 'pass',
  no: 'fail',
  unknown: 'unknown',
}

/** The groups of conditions, in their order: ids, names, and what they are about. */
export const GROUPS: readonly (readonly [id: ReadinessCondition['group'], name: string, about: string])[] = [
  ['replay', 'The conditions of a replay', 'The three that Segment’s partner FAQ names, in its words.'],
  [
    'delivery',
    'At-least-once delivery',
    'What follows from it: events come late, twice, out of order and after an outage, and acknowledged means kept.',
  ],
  ['access', 'Who may send what', 'Keys, signatures, customers and the connection itself.'],
]

/** The answer to the whole document, in a line. */
export function readinessAnswer({ conditions }: Readiness): { readonly status: VerdictStatus; readonly text: string } {
  const count = (answer: ReadinessAnswer): number => conditions.filter((one) => one.answer === answer).length
  const [no, unknown, all] = [count('no'), count('unknown'), conditions.length]
  if (no > 0) return { status: 'fail', text: `Not ready: ${no} of ${all} conditions refuted` }
  if (unknown > 0) return { status: 'unknown', text: `Not shown yet: ${unknown} of ${all} conditions unknown` }
  return { status: 'pass', text: `Ready: all ${all} conditions hold` }
}

/** So many experiments are named beside the first; more are counted. */
const NAMED_MAX = 3

/**
 * What an answer rests on: of each of its verdicts what was found first, and in how many experiments besides; why it is unknown is told
 * elsewhere.
 */
export function becauseText({ answer, evidence }: ReadinessCondition): string {
  const wanted = answer === 'no' ? 'fail' : 'pass'
  const telling = evidence.filter(({ status }) => status === wanted)
  const firsts = telling.filter(({ verdict }, i) => telling.findIndex((one) => one.verdict === verdict) === i)
  const told = new Set(firsts.map(({ experiment }) => experiment))
  const also = [...new Set(telling.map(({ experiment }) => experiment))].filter((id) => !told.has(id))
  return [...firsts.map(({ claim, experiment }) => `${claim} (${experiment}).`), ...likewise(also)].join(' ')
}

function likewise(experiments: readonly string[]): string[] {
  if (experiments.length === 0) return []
  const more = experiments.length > NAMED_MAX ? `${experiments.length} more experiments` : experiments.join(', ')
  return [`Likewise in ${more}.`]
}

/** A length of time for people, never more than it is. */
export function lengthText(ms: number): string {
  const { sizeMs, name } = UNITS.find(({ fromMs }) => ms >= fromMs) ?? { sizeMs: 1, name: 'ms' }
  return `${Math.floor((ms / sizeMs) * 10) / 10} ${name}`
}

const UNITS: readonly { readonly fromMs: number; readonly sizeMs: number; readonly name: string }[] = [
  { fromMs: 2 * 86_400_000, sizeMs: 86_400_000, name: 'days' },
  { fromMs: 7_200_000, sizeMs: 3_600_000, name: 'h' },
  { fromMs: 120_000, sizeMs: 60_000, name: 'min' },
  { fromMs: 1000, sizeMs: 1000, name: 's' },
]
