import { countText } from '../number-text.ts'
import { momentText } from './axis-text.ts'
import { shortened } from './markup.ts'

const TEXT_MAX = 400

/** What a fact is called, for people: `lostRatioBound95` → `lost ratio bound 95`. What is no name of ours stays as it is. */
export function factName(key: string): string {
  if (!/^[a-z][A-Za-z0-9]*$/.test(key) || key === 'messageId') return shortened(key, 60)
  return key.replace(/AtMs$/, 'At').replace(/([A-Z]|\d+)/g, (part) => ` ${part.toLowerCase()}`)
}

/** What it is, in a line. Moments, whose key ends in `AtMs`, are told in seconds of the run. */
export function factText(key: string, value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'string') return shortened(value, TEXT_MAX)
  if (typeof value === 'number') return key.endsWith('AtMs') ? momentText(value / 1000) : numberText(value)
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return shortened(value.join(', '), TEXT_MAX)
  return shortened(JSON.stringify(value), TEXT_MAX)
}

function numberText(value: number): string {
  return Number.isInteger(value) ? countText(value) : String(Number(value.toPrecision(4)))
}
