import { z } from 'zod'
import { nearest } from '../model/nearest.ts'
import { parseDurationMs, parseRatePerSecond, parseShare } from './units.ts'

/** The kinds of field that a scenario is made of. Each says in one line what is wrong with a value and how to write it. */

export type ShareField = z.ZodUnion<readonly [z.ZodString, z.ZodNumber]>

/** A length of time; 0 is one. */
export function delay(about: string): z.ZodString {
  return unitText(parseDurationMs, about, ['2s'])
}

/** A length of time, or the word. */
export function delayOr(word: string, about: string): z.ZodString {
  return unitText((text) => (text === word ? 0 : parseDurationMs(text)), about, ['2s', word])
}

/** A length of time that is not 0. */
export function duration(about: string): z.ZodString {
  return unitText(positive(parseDurationMs), about, ['30s'])
}

/** A rate that is not 0. */
export function rate(about: string): z.ZodString {
  return unitText(positive(parseRatePerSecond), about, ['500/s'])
}

/** A rate; 0 is one. */
export function rateOrPause(about: string): z.ZodString {
  return unitText(parseRatePerSecond, about, ['500/s'])
}

export function share(description: string): ShareField {
  const complain = complaintOf(parseShare)
  const error = ({ input }: { input?: unknown }): string => complain(input) ?? ''
  return z
    .union([z.string(), z.number()], { error })
    .superRefine(refuse(complain))
    .meta({ description, examples: ['10%'] })
}

export function whole(about: string, min: number, max: number): z.ZodInt {
  const error = ({ input }: { input?: unknown }): string =>
    `${shown(input)} is not a whole number from ${min} to ${max}`
  return z.int({ error }).min(min, { error }).max(max, { error }).describe(about)
}

export function above(about: string, bound: number): z.ZodNumber {
  const error = ({ input }: { input?: unknown }): string => `${shown(input)} is not a number above ${bound}`
  return z.number({ error }).gt(bound, { error }).describe(about)
}

/** Text that `pattern` allows; `how` says what that is. */
export function text(about: string, pattern: RegExp, how: string): z.ZodString {
  const error = ({ input }: { input?: unknown }): string => `${shown(input)} is not ${how}`
  return z.string({ error }).regex(pattern, { error }).describe(about)
}

const placeError = 'must name a place, not the secret itself: env:NAME or file:PATH'

/** Where a secret stands. What was written is not shown: somebody may have written the secret itself. */
export function place(about: string): z.ZodString {
  return z
    .string({ error: placeError })
    .regex(/^(env|file):[^\r\n]+$/, { error: placeError })
    .describe(about)
}

export function oneOf<const Word extends string>(about: string, ...words: Word[]): z.ZodEnum<{ [K in Word]: K }> {
  return z.enum(words, { error: ({ input }) => notOneOf(input, words) }).describe(about) as z.ZodEnum<{
    [K in Word]: K
  }>
}

/** An object of just these fields; an unknown one is met with the nearest of them. */
export function fields<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape)
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys')
        return `${shown(issue.input)} is not a set of fields such as ${known.slice(0, 3).join(', ')}`
      return unknownField(String(issue.keys[0]), known)
    },
  })
}

function unknownField(key: string, known: readonly string[]): string {
  const meant = nearest(key, known)
  return `there is no field "${key}" here; ${meant ? `did you mean "${meant}"?` : `known are ${known.join(', ')}`}`
}

/** One of `words` as the key of a record. */
export function keyOf(words: readonly string[]): z.ZodString {
  return z.string().refine((word) => words.includes(word), { error: ({ input }) => notOneOf(input, words) })
}

/** What to say of a word that is not among `words`. */
export function notOneOf(word: unknown, words: readonly string[]): string {
  const meant = typeof word === 'string' ? nearest(word, words) : undefined
  return `${shown(word)} is not one of ${words.join(', ')}${meant ? `; did you mean "${meant}"?` : ''}`
}

/** Text that `parse` takes; the RangeError that it throws says how to write it. */
export function unitText(parse: (text: string) => unknown, description: string, examples: string[]): z.ZodString {
  const complain = complaintOf((value) => parse(`${value}`))
  return z
    .string({ error: ({ input }) => complain(input) ?? `${shown(input)} must be text` })
    .superRefine(refuse(complain))
    .meta({ description, examples })
}

function positive(parse: (text: string) => number): (text: string) => number {
  return (text) => {
    const amount = parse(text)
    if (amount === 0) throw new RangeError(`"${text}" must be more than 0`)
    return amount
  }
}

/** What a parser has against a value; undefined: nothing. */
function complaintOf(parse: (value: string | number) => unknown): (value: unknown) => string | undefined {
  return (value) => {
    try {
      parse(typeof value === 'number' ? value : typeof value === 'string' ? value : shown(value))
      return undefined
    } catch (error) {
      return error instanceof RangeError ? error.message : undefined
    }
  }
}

function refuse(complain: (value: unknown) => string | undefined): (value: unknown, context: z.RefinementCtx) => void {
  return (value, context) => {
    const message = complain(value)
    if (message !== undefined) context.addIssue({ code: 'custom', message })
  }
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60)
}
