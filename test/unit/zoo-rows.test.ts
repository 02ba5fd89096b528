import { describe, expect, test } from 'vitest'
import { faultNames } from '../../src/partner/faults/catalogue.ts'
import { parseFault } from '../../src/partner/faults/parse-fault.ts'
import { BROKEN_ROWS, SOUND_ROWS } from '../support/zoo-rows.ts'

describe('the zoo', () => {
  test('has every broken receiver of the catalogue, by the verdict that catches it', () => {
    const shown = BROKEN_ROWS.flatMap(({ faults, verdicts }) =>
      faults.flatMap((fault) => verdicts.map((verdict) => `${verdict}: ${parseFault(fault).name}`)),
    )
    const broken = faultNames().filter(({ caughtBy }) => caughtBy !== '')
    const missing = broken.filter(({ name, caughtBy }) => !shown.includes(`${caughtBy}: ${name}`))
    expect(missing.map(({ name }) => name)).toEqual([])
  })

  test('has every sound one', () => {
    const shown = SOUND_ROWS.flatMap(({ faults }) => faults.map((fault) => parseFault(fault).name))
    const sound = faultNames().filter(({ caughtBy }) => caughtBy === '')
    expect(sound.map(({ name }) => name).filter((name) => !shown.includes(name))).toEqual([])
  })

  test('names each of them once', () => {
    const names = [...BROKEN_ROWS, ...SOUND_ROWS].map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })
})
