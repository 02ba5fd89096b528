import { bodyText } from '../body-text.ts'
import { isObject } from '../event-form.ts'
import type { NewRecord } from '../store.ts'
import { whole } from './argument.ts'
import type { FaultDefinition } from './fault.ts'

/** Receivers that store something else than what was sent. */
export const CONTENTS: readonly FaultDefinition[] = [
  {
    name: 'truncates',
    meaning: 'cuts text within properties, traits and context to so many characters: truncates(32)',
    caughtBy: 'unaltered',
    argument: '32',
    drawn: 'message',
    make: (argument) => {
      const length = whole(argument, 0, 1_000_000)
      return altering((value) => (typeof value === 'string' ? value.slice(0, length) : value))
    },
  },
  {
    name: 'mangles-unicode',
    meaning: 'stores a question mark for every character outside ASCII within properties, traits and context',
    caughtBy: 'unaltered',
    drawn: 'message',
    make: () => altering((value) => (typeof value === 'string' ? value.replace(/\P{ASCII}/gu, '?') : value)),
  },
  {
    name: 'rounds-numbers',
    meaning: 'stores whole numbers for decimals within properties, traits and context',
    caughtBy: 'unaltered',
    drawn: 'message',
    make: () => altering((value) => (typeof value === 'number' ? Math.round(value) : value)),
  },
]

type Change = (value: unknown) => unknown

function altering(change: Change): ReturnType<FaultDefinition['make']> {
  return () => ({ record: (record) => [altered(record, change)] })
}

/** The envelope stays as it is: what names the message is not content. */
function altered(record: NewRecord, change: Change): NewRecord {
  const json: Record<string, unknown> = JSON.parse(bodyText(record.body))
  const entries = Object.entries(json).map(([key, value]) => [key, isObject(value) ? deep(value, change) : value])
  return { ...record, body: JSON.stringify(Object.fromEntries(entries)) }
}

function deep(value: unknown, change: Change): unknown {
  if (Array.isArray(value)) return value.map((item) => deep(item, change))
  if (!isObject(value)) return change(value)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, deep(item, change)]))
}
