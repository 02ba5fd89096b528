import { COPIES } from '../model/delivery.ts'
import { type AttemptObservation, NEXT_STEPS, type Observation } from '../model/observation.ts'
import { OUTCOME_CLASSES } from '../model/outcome.ts'
import { decodeHead, type LedgerHead } from './ledger-head.ts'
import { rareOf, rareText } from './rare-codec.ts'

/**
 * A ledger as lines of text, for an engine that can only print. The first line is `head` and the head's JSON. Then each observation has a line:
 * `a` and an attempt's fields · `g` lane, seq and moment of what was given up · `w` and where the watermark stands · the JSON of all others.
 * Numbers are JavaScript's own shortest texts, so that they are the same numbers when they are read.
 */
const HEAD = 'head '
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/

/** How many fields follow the letter. */
const ATTEMPT_FIELDS = 17
const GAVE_UP_FIELDS = 3

/** An attempt's second field: its copy, what came next, whether it is ambiguous or its answer lost on purpose, and Retry-After plus one. */
const NEXT = 4
const AMBIGUOUS = 16
const ANSWER_LOST = 32
const RETRY_AFTER = 64

/** The line without its end. */
export function headLine(head: LedgerHead): string {
  return HEAD + JSON.stringify(head)
}

/** The line without its end. @throws RangeError for a number that is none: nobody could judge such a ledger */
export function observationLine(o: Observation): string {
  switch (o.kind) {
    case 'attempt':
      return attemptLine(o)
    case 'gave-up':
      return `g ${o.lane} ${o.seq} ${o.atMs}`
    case 'watermark':
      return `w ${o.untilMs}`
    default:
      return rareText(o)
  }
}

/** Undefined: the line is none that squall would have written. */
export function observationOf(line: string): Observation | undefined {
  if (line.startsWith('{')) return rareOf(line)
  const [letter, ...texts] = line.split(' ')
  if (!texts.every((text) => NUMBER.test(text))) return undefined
  const fields = texts.map(Number)
  if (letter === 'a' && fields.length === ATTEMPT_FIELDS) return attemptOf(fields)
  if (letter === 'g' && fields.length === GAVE_UP_FIELDS) {
    return { kind: 'gave-up', lane: fields[0]!, seq: fields[1]!, atMs: fields[2]! }
  }
  return letter === 'w' && fields.length === 1 ? { kind: 'watermark', untilMs: fields[0]! } : undefined
}

/** @throws LedgerUnreadable */
export function headOf(line: string): LedgerHead {
  return decodeHead(new TextEncoder().encode(line.startsWith(HEAD) ? line.slice(HEAD.length) : ''))
}

/** @throws RangeError */
function attemptLine(o: AttemptObservation): string {
  assertFinite(o)
  const marks = marksOf(o)
  const delivery = `a ${OUTCOME_CLASSES.indexOf(o.class)} ${marks} ${o.phase} ${o.lane} ${o.seq} ${o.index} ${o.size} ${o.dueMs}`
  const attempt = `${o.attempt} ${o.attemptDueMs} ${o.retryAtMs} ${o.status}`
  const durations = `${o.slotWaitMs} ${o.pumpLagMs} ${o.latencyMs} ${o.connectMs}`
  return `${delivery} ${attempt} ${durations} ${checkOf(o)}`
}

function attemptOf(fields: readonly number[]): AttemptObservation | undefined {
  const marks = fields[1]!
  const attempt: AttemptObservation = {
    kind: 'attempt',
    phase: fields[2]!,
    lane: fields[3]!,
    seq: fields[4]!,
    index: fields[5]!,
    size: fields[6]!,
    copy: COPIES[marks % NEXT]!,
    dueMs: fields[7]!,
    attempt: fields[8]!,
    attemptDueMs: fields[9]!,
    retryAtMs: fields[10]!,
    status: fields[11]!,
    slotWaitMs: fields[12]!,
    pumpLagMs: fields[13]!,
    latencyMs: fields[14]!,
    connectMs: fields[15]!,
    class: OUTCOME_CLASSES[fields[0]!]!,
    ambiguous: (marks & AMBIGUOUS) !== 0,
    ...(marks >= RETRY_AFTER && { retryAfterS: Math.floor(marks / RETRY_AFTER) - 1 }),
    ...((marks & ANSWER_LOST) !== 0 && { answerLost: true as const }),
    next: NEXT_STEPS[Math.floor(marks / NEXT) % NEXT_STEPS.length]!,
  }
  const whole = attempt.class !== undefined && attempt.copy !== undefined && attempt.attempt > 0 && attempt.size > 0
  return whole && fields[16] === checkOf(attempt) ? attempt : undefined
}

function marksOf({ copy, next, ambiguous, answerLost, retryAfterS }: AttemptObservation): number {
  const marks = COPIES.indexOf(copy) + NEXT_STEPS.indexOf(next) * NEXT + (ambiguous ? AMBIGUOUS : 0)
  return marks + (answerLost ? ANSWER_LOST : 0) + (retryAfterS === undefined ? 0 : (retryAfterS + 1) * RETRY_AFTER)
}

/** Two lines that damage has made one do not pass for one. */
function checkOf(o: AttemptObservation): number {
  return o.lane + o.seq + o.attempt
}

function assertFinite(o: AttemptObservation): void {
  const sum = o.dueMs + o.attemptDueMs + o.retryAtMs + o.slotWaitMs + o.pumpLagMs + o.latencyMs + o.connectMs
  if (!Number.isFinite(sum))
    throw new RangeError(`an attempt of delivery ${o.lane}/${o.seq} has a time that is no number`)
}
