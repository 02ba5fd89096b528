import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadScenario, presetNames } from '../../src/adapters/scenario-file.ts'
import { parseScenario } from '../../src/scenario/parse.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'squall-scenario-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('a scenario file', () => {
  test('is read by its path', async () => {
    const text = '# mine\nname: mine\nphases:\n  - { name: live, rate: 5/s, duration: 2s }\n'
    const { scenario, source } = await load(text)
    expect(scenario).toEqual({ name: 'mine', phases: [{ name: 'live', rate: '5/s', duration: '2s' }] })
    expect(source).toBe(join(folder, 'scenario.yaml'))
  })

  test.each([
    [
      'a bad value',
      'name: x\nphases:\n  - name: a\n    rate: 100\n    duration: 3s\n',
      ':4:11: phases[0].rate: 100 has no unit',
    ],
    ['an unknown field', 'name: x\nphases:\n  - { name: a, rat: 1/s }\n', ':3:5: phases[0]: there is no field "rat"'],
    ['a missing field', 'name: x\n', ':1:1: phases: a scenario has a list of phases'],
    ['a flow that does not end', 'name: x\nphases: [\n', ':3:1: '],
    ['a key that comes twice', 'name: x\nname: y\n', ':2:1: Map keys must be unique'],
    ['a tab as indentation', 'name: x\nphases:\n\t- a\n', ':3:'],
    ['an unknown tag', 'name: !secret x\n', ':1:7: '],
    ['a second document', 'name: x\n---\nname: y\n', ':2:1: '],
    ['nothing', '', ':1:1: null is not a set of fields'],
    ['a text', 'hello', ':1:1: "hello" is not a set of fields'],
  ])('with %s is refused with its line and column', async (_, text, message) => {
    await expect(load(text)).rejects.toThrow(`scenario.yaml${message}`)
    await expect(load(text)).rejects.toMatchObject({
      name: 'ScenarioError',
      message: expect.not.stringContaining('\n'),
    })
  })

  test('that unfolds by aliases, or names one that is not there, is refused', async () => {
    const bomb = `a: &a [1, 1]\nb: &b [${'*a, '.repeat(20)}]\nc: [${'*b, '.repeat(20)}]\n`
    await expect(load(bomb)).rejects.toMatchObject({ name: 'ScenarioError', message: expect.stringContaining('alias') })
    await expect(load('name: *nobody\n')).rejects.toMatchObject({ name: 'ScenarioError' })
  })

  test('of more than a megabyte is not read', async () => {
    await expect(load(`# ${'x'.repeat(1_000_000)}`)).rejects.toThrow('a scenario has at most 1 MB')
  })

  test('that is not there is said to be so', async () => {
    const path = join(folder, 'nowhere.yaml')
    await expect(loadScenario(path, parseScenario)).rejects.toThrow(`${path}: there is no such file`)
  })

  test('that is a folder is said to be so', async () => {
    await expect(loadScenario(`${folder}/`, parseScenario)).rejects.toThrow(`${folder}/: this is no file`)
  })

  async function load(text: string): ReturnType<typeof loadScenario> {
    const path = join(folder, 'scenario.yaml')
    writeFileSync(path, text)
    return loadScenario(path, parseScenario)
  }
})

describe('a preset', () => {
  test('is read by its name', async () => {
    const { scenario, source } = await loadScenario('live', parseScenario)
    expect(scenario.name).toBe('live')
    expect(source).toMatch(/scenarios[\\/]live\.yaml$/)
  })

  test('that does not exist is met with the nearest right name, or with all of them', async () => {
    await expect(loadScenario('shufled', parseScenario)).rejects.toThrow('did you mean "shuffled"?')
    await expect(loadScenario('tempest', parseScenario)).rejects.toThrow(presetNames().join(', '))
  })
})
