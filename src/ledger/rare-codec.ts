import type { Observation } from '../model/observation.ts'

/** What is seldom written is written as JSON. */
export type RareObservation = Exclude<Observation, { kind: 'attempt' | 'gave-up' | 'watermark' }>

type FieldType = 'number' | 'number or null' | 'string' | 'boolean' | 'object'
type FieldTypes = Readonly<Record<string, FieldType>>

/** The fields that each kind must have. More than these is welcome. */
const FIELDS: Readonly<Record<RareObservation['kind'], FieldTypes>> = {
  sample: {
    atMs: 'number',
    loopDelayMaxMs: 'number',
    cpuRatio: 'number or null',
    rssMb: 'number or null',
    inFlight: 'number',
    overdue: 'number',
  },
  mark: { atMs: 'number', mark: 'string', text: 'string' },
  answer: {
    atMs: 'number',
    lane: 'number',
    seq: 'number',
    attempt: 'number',
    class: 'string',
    status: 'number',
    text: 'string',
  },
  'second-offer': {
    atMs: 'number',
    lane: 'number',
    seq: 'number',
    firstStatus: 'number',
    class: 'string',
    status: 'number',
    meaning: 'string',
  },
  audit: { findings: 'object' },
  end: { atMs: 'number', complete: 'boolean' },
}

/** @throws RangeError for a number that is none: nobody could judge such a ledger */
export function encodeRare(observation: RareObservation): Uint8Array {
  return new TextEncoder().encode(rareText(observation))
}

/** As one line of JSON. @throws RangeError as `encodeRare` does */
export function rareText(observation: RareObservation): string {
  const { kind } = observation
  if (!isRare(observation)) throw new RangeError(`a record of kind ${kind} has a number that is none`)
  return JSON.stringify(observation)
}

/** Undefined where the bytes are not a record that squall would have written. */
export function decodeRare(bytes: Uint8Array): RareObservation | undefined {
  return rareOf(new TextDecoder().decode(bytes))
}

/** Undefined where the text is not the JSON of a record that squall would have written. */
export function rareOf(text: string): RareObservation | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isRare(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isRare(value: unknown): value is RareObservation {
  if (typeof value !== 'object' || value === null) return false
  const record = value as Readonly<Record<string, unknown>>
  const kind = record.kind
  if (typeof kind !== 'string' || !Object.hasOwn(FIELDS, kind)) return false
  const fields = Object.entries(FIELDS[kind as RareObservation['kind']])
  return fields.every(([name, type]) => fits(record[name], type))
}

function fits(field: unknown, type: FieldType): boolean {
  if (type === 'number or null') return field === null || Number.isFinite(field)
  return type === 'number' ? Number.isFinite(field) : typeof field === type && field !== null
}
