import { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { addRunFlags, overridesOf, wholeNumber } from '../../../src/cli/flags.ts'

function parsed(...args: string[]) {
  const command = addRunFlags(new Command()).exitOverride()
  return overridesOf(command.parse(args, { from: 'user' }).opts())
}

describe('flags of a run', () => {
  test('become the fields of the scenario that they stand for', () => {
    expect(parsed('--rate', '500/s', '--in-flight', '64', '--time-scale', '60', '--engine', 'k6')).toMatchObject({
      rate: '500/s',
      engine: 'k6',
      inFlight: '64',
      timeScale: '60',
    })
  })

  test('what is not given leaves the scenario alone', () => {
    const given = Object.values(parsed()).filter((value) => value !== undefined)
    expect(given).toEqual([[], {}])
  })

  test('headers and skipped verdicts may be given again', () => {
    const overrides = parsed(
      '--header',
      'A: 1',
      '--header',
      'B: 2',
      '--skip',
      'no-loss=no store',
      '--skip',
      'event-time=a=b',
    )
    expect(overrides.header).toEqual(['A: 1', 'B: 2'])
    expect(overrides.skip).toEqual({ 'no-loss': 'no store', 'event-time': 'a=b' })
  })

  test('a verdict is not skipped without a reason', () => {
    expect(() => parsed('--skip', 'no-loss')).toThrow(/--skip: "no-loss" gives no reason/)
  })

  test('--no-warm sends nothing before the first delivery', () => {
    expect(parsed('--no-warm').warmRequests).toBe(0)
  })

  test('a number that is none is refused with its bounds', () => {
    expect(() => wholeNumber('--port', '80a', 0, 65_535)).toThrow('--port: "80a" is not a whole number from 0 to 65535')
    expect(wholeNumber('--port', '8080', 0, 65_535)).toBe(8080)
  })
})
