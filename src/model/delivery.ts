import type { Plan } from './plan.ts'

/** One HTTP request due at a moment. It may be attempted several times. */
export interface Delivery {
  readonly lane: number
  /** Its place in the lane, from 0. (lane, seq) names a delivery of a run. */
  readonly seq: number
  /** Index in `plan.phases`. */
  readonly phase: number
  /** Which message it carries, namespace included; of a batch the first. */
  readonly index: number
  /** How many messages it carries: see `membersOf`. A batch counts as its first message. */
  readonly size: number
  readonly copy: Copy
  /** When its first attempt is due, in milliseconds after the run's start. */
  readonly dueMs: number
}

/** `first`: live, not sent before · `duplicate`: the same bytes again · `replay`: in the replay envelope. */
export type Copy = 'first' | 'duplicate' | 'replay'

/** Indices of the messages that a delivery carries. A batch takes consecutive messages of its lane, so they lie `lanes` apart. */
export function membersOf({ index, size }: Pick<Delivery, 'index' | 'size'>, { lanes }: Pick<Plan, 'lanes'>): number[] {
  const members = [index]
  for (let i = 1; i < size; i++) members.push(index + i * lanes)
  return members
}

/** In the order of their codes in a ledger. */
export const COPIES: readonly Copy[] = ['first', 'duplicate', 'replay']

export interface CopyCounts {
  readonly first: number
  readonly duplicate: number
  readonly replay: number
}

/** A lane's deliveries in order of due moment, one after the other. */
export interface LaneCursor {
  /** Due moment of what `next` will return; Infinity after the last. */
  peekDueMs(): number
  /** @throws RangeError after the last delivery */
  next(): Delivery
}

/** The deliveries of a Plan: any lane, at any time, from its beginning. */
export interface Schedule {
  readonly lanes: number
  lane(lane: number): LaneCursor
  /** The due moment after which nothing is due for the first time. */
  readonly endMs: number
}
