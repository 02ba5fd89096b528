import { memberPointer } from './audit-pointer.ts'
import { commonLength, shownValue } from './audit-shown.ts'

/** The first place where what is stored is not what was sent. */
export interface Difference {
  readonly pointer: string
  readonly expected: string
  readonly actual: string
}

/**
 * Looks for `sent` in `stored`: every member and element must be there with its value. Members that the store added to an object are
 * its own affair. Descends along what was sent alone.
 * @returns null where all of it is there
 */
export function firstDifference(sent: unknown, stored: unknown, pointer: string): Difference | null {
  if (Array.isArray(sent)) return listDifference(sent, stored, pointer)
  if (typeof sent === 'object' && sent !== null) {
    return objectDifference(sent as Readonly<Record<string, unknown>>, stored, pointer)
  }
  return sent === stored ? null : differenceAt(pointer, sent, stored)
}

export function differenceAt(pointer: string, sent: unknown, stored: unknown): Difference {
  const from = typeof sent === 'string' && typeof stored === 'string' ? commonLength(sent, stored) : 0
  return { pointer, expected: shownValue(sent, from), actual: shownValue(stored, from) }
}

function listDifference(sent: readonly unknown[], stored: unknown, pointer: string): Difference | null {
  if (!Array.isArray(stored) || stored.length !== sent.length) return differenceAt(pointer, sent, stored)
  for (let i = 0; i < sent.length; i++) {
    const difference = firstDifference(sent[i], stored[i], memberPointer(pointer, i))
    if (difference !== null) return difference
  }
  return null
}

function objectDifference(
  sent: Readonly<Record<string, unknown>>,
  stored: unknown,
  pointer: string,
): Difference | null {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return differenceAt(pointer, sent, stored)
  for (const key of Object.keys(sent)) {
    const member = Object.hasOwn(stored, key) ? (stored as Readonly<Record<string, unknown>>)[key] : undefined
    const difference = firstDifference(sent[key], member, memberPointer(pointer, key))
    if (difference !== null) return difference
  }
  return null
}
