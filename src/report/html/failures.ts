import type { Report } from '../../model/report.ts'
import { momentText } from './axis-text.ts'
import { factName, factText } from './fact-text.ts'
import { shortened } from './markup.ts'

/** Something that went wrong, with the message it went wrong for. */
export interface Failure {
  readonly messageId: string
  /** A word or two: a status, or the verdict that names it. */
  readonly kind: string
  readonly about: string
  /** What the endpoint said; empty: nothing was kept. */
  readonly answer: string
}

const FAILURES_MAX = 20
const ANSWER_MAX = 2000

/** Messages that failing verdicts name, an equal share for each, then answers other than 2xx. */
export function failuresOf({ verdicts, answers }: Pick<Report, 'verdicts' | 'answers'>): readonly Failure[] {
  const failing = verdicts.filter(({ status }) => status === 'fail')
  const share = Math.ceil(FAILURES_MAX / failing.length)
  const named = failing.flatMap(({ id, evidence }) => namedBy(id, evidence).slice(0, share))
  return [...named, ...answers.filter(({ expected }) => !expected).map(answered)].slice(0, FAILURES_MAX)
}

function namedBy(verdict: string, evidence: Readonly<Record<string, unknown>>): Failure[] {
  return Object.values(evidence)
    .flatMap((value) => namedIn(value, {}))
    .map(({ messageId, ...rest }) => ({ messageId, kind: verdict, about: aboutText(rest), answer: '' }))
}

type Facts = Readonly<Record<string, unknown>>

/** Messages at any depth, each with what is said of it and of what it stands in: a user, a trait. */
function namedIn(value: unknown, around: Facts): (Facts & { readonly messageId: string })[] {
  if (Array.isArray(value)) return value.flatMap((one) => namedIn(one, around))
  if (typeof value !== 'object' || value === null) return []
  if (isNamed(value)) return [{ ...around, ...value }]
  const plain = Object.entries(value).filter(([, fact]) => typeof fact !== 'object')
  return Object.values(value).flatMap((one) => namedIn(one, { ...around, ...Object.fromEntries(plain) }))
}

function isNamed(value: object): value is Facts & { readonly messageId: string } {
  return typeof (value as { messageId?: unknown }).messageId === 'string'
}

function aboutText(facts: Readonly<Record<string, unknown>>): string {
  const known = Object.entries(facts).filter(([key, value]) => key !== 'index' && value !== null)
  return shortened(known.map(([key, value]) => `${factName(key)} ${factText(key, value)}`).join(', '), 300)
}

function answered({ atS, messageId, attempt, class: outcomeClass, status, text }: Report['answers'][number]): Failure {
  return {
    messageId,
    kind: status === 0 ? outcomeClass : String(status),
    about: `attempt ${attempt}, ${momentText(atS)} after the start`,
    answer: shortened(text, ANSWER_MAX),
  }
}
