import { CONTENTS } from './contents.ts'
import { COPIES } from './copies.ts'
import { DOORS } from './doors.ts'
import type { FaultDefinition } from './fault.ts'
import { LOSSES } from './losses.ts'
import { MEANINGS } from './meanings.ts'
import { ORDERS } from './orders.ts'
import { OVERLOAD } from './overload.ts'
import { PACES } from './paces.ts'
import { READINGS } from './readings.ts'
import { SIZES } from './sizes.ts'
import { TASTES } from './tastes.ts'
import { TIMES } from './times.ts'
import { TROUBLE } from './trouble.ts'
import { UNUSUAL } from './unusual.ts'

/** Every fault, by name. */
export const CATALOGUE: ReadonlyMap<string, FaultDefinition> = new Map(
  [TROUBLE, LOSSES, COPIES, CONTENTS, TIMES, ORDERS, MEANINGS, OVERLOAD, PACES, DOORS, SIZES, TASTES, UNUSUAL, READINGS]
    .flat()
    .map((definition) => [definition.name, definition]),
)

export interface FaultName {
  readonly name: string
  readonly meaning: string
  /** The verdict that catches it; empty: trouble, or sound but unusual. */
  readonly caughtBy: string
}

/** All faults with what they mean, for people. */
export function faultNames(): readonly FaultName[] {
  return [...CATALOGUE.values()].map(({ name, meaning, caughtBy }) => ({ name, meaning, caughtBy }))
}
