import { type EventObject, type FlawChanges, isObject } from './flaw-change.ts'

/** The five names of the first e-commerce spec, each by the one that is right today. */
const V1_NAMES: Readonly<Record<string, string>> = {
  'Product List Viewed': 'Viewed Product Category',
  'Product Viewed': 'Viewed Product',
  'Product Added': 'Added Product',
  'Product Removed': 'Removed Product',
  'Order Completed': 'Completed Order',
}

/** Names of fields and of events that are not today's. */
export const NAMES: FlawChanges = {
  'snake-case-traits': {
    fits: ({ traits }) => isObject(traits),
    change: (event) => {
      event.traits = inSnakeCase(event.traits)
    },
  },
  'v1-names': {
    fits: ({ event }) => typeof event === 'string' && V1_NAMES[event] !== undefined,
    change: (event) => {
      event.event = V1_NAMES[String(event.event)]
    },
  },
}

function inSnakeCase(value: unknown): unknown {
  if (!isObject(value)) return value
  const renamed: EventObject = {}
  for (const name of Object.keys(value)) renamed[name.replace(CAPITAL, snaked)] = inSnakeCase(value[name])
  return renamed
}

const CAPITAL = /[A-Z]/g

function snaked(letter: string): string {
  return `_${letter.toLowerCase()}`
}
