import { z } from 'zod'
import type { Expectation } from '../model/expectation.ts'
import type { CallType } from '../model/message.ts'
import { fields, oneOf, text } from './fields.ts'

/** What the receiver is to make of an event, as an author writes it. Exactly one of `receipts` and `state` is given. */
export interface StatedExpectation {
  /** A track event's name. */
  readonly event?: string
  /** Which call; track unless said. */
  readonly type?: CallType
  readonly pointer: string
  /** The field of the event's record. */
  readonly receipts?: string
  /** The field of its user's line in the state, or one of their traits. */
  readonly state?: string
}

const CALLS = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const
const fieldName = (about: string): z.ZodString => text(about, /\S/, 'the name of a field')

export const expectSchema: z.ZodType<readonly StatedExpectation[]> = z
  .array(
    fields({
      event: text('The name of a track event.', /\S/, 'the name of an event').exactOptional(),
      type: oneOf('Which call; track unless said.', ...CALLS).exactOptional(),
      pointer: text('A JSON Pointer into the event.', /^\/./, 'a JSON Pointer such as /properties/total'),
      receipts: fieldName('The field of the event’s record that says so.').exactOptional(),
      state: fieldName('The field of its user’s line in the state, or the trait, that says so.').exactOptional(),
    }).superRefine((stated, context) => {
      const complaint = complaintAbout(stated)
      if (complaint !== undefined) context.addIssue({ code: 'custom', message: complaint })
    }),
    { error: 'write a list, such as [{event: Order Completed, pointer: /properties/total, receipts: orderTotal}]' },
  )
  .min(1, { error: 'there must be at least one expectation' })

function complaintAbout({ event, type = 'track', receipts, state }: StatedExpectation): string | undefined {
  if (event !== undefined && type !== 'track') return `${type} calls have no event name; leave event or type out`
  if ((receipts === undefined) === (state === undefined)) {
    return 'where is it to be read? give receipts or state, with the name of the field there'
  }
  return undefined
}

export function expectationsOf(stated: readonly StatedExpectation[]): Expectation[] {
  return stated.map(({ event, type = 'track', pointer, receipts, state }) => ({
    type,
    ...(event !== undefined && { event }),
    pointer,
    place: receipts === undefined ? 'state' : 'receipts',
    field: receipts ?? state ?? '',
  }))
}
