import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { testRunYaml } from '../../src/adapters/k6/test-run.ts'
import { TEST_RUN_SCHEMA } from '../support/test-run-schema.ts'

const valid = new Ajv({ allErrors: true }).compile(TEST_RUN_SCHEMA)
const facts = {
  script: 'subscription.js',
  name: 'squall-shared',
  runners: 3,
  seed: 1,
  people: 100,
  secrets: ['KEY'],
  k6Version: '2.2.0',
}

describe('a TestRun', () => {
  test('is what the operator takes, with secrets and without', () => {
    for (const secrets of [[], ['KEY', 'SHARED']]) {
      expect([valid(parse(testRunYaml({ ...facts, secrets }))), valid.errors]).toEqual([true, null])
    }
  })

  test.each<[string, (spec: ReturnType<typeof parse>) => void, string]>([
    ['without its script', (spec) => delete spec.script, '/spec'],
    ['whose runners are a text', (spec) => Object.assign(spec, { parallelism: '3' }), '/spec/parallelism'],
    ['of no runner', (spec) => Object.assign(spec, { parallelism: 0 }), '/spec/parallelism'],
    ['with arguments in a list', (spec) => Object.assign(spec, { arguments: ['--quiet'] }), '/spec/arguments'],
    ['that is cleaned up at another time', (spec) => Object.assign(spec, { cleanup: 'pre' }), '/spec/cleanup'],
    ['with a field that nobody knows', (spec) => Object.assign(spec.runner, { images: 'k6' }), '/spec/runner'],
    [
      'with a variable that is a number',
      (spec) => Object.assign(spec.runner.env[0], { value: 400 }),
      '/spec/runner/env/0/value',
    ],
    [
      'with a secret without its key',
      (spec) => delete spec.runner.env.at(-1).valueFrom.secretKeyRef.key,
      '/secretKeyRef',
    ],
    ['with a volume that has no name', (spec) => delete spec.runner.volumes[0].name, '/spec/runner/volumes/0'],
    ['with a mount that leads nowhere', (spec) => delete spec.runner.volumeMounts[0].mountPath, '/volumeMounts/0'],
    [
      'with a script in a folder of its ConfigMap',
      (spec) => Object.assign(spec.script.configMap, { file: 'a/b.js' }),
      '/file',
    ],
  ])('%s is none', (_, spoil, where) => {
    const testRun = parse(testRunYaml(facts))
    spoil(testRun.spec)
    expect(valid(testRun)).toBe(false)
    expect(valid.errors![0]!.instancePath).toContain(where)
  })
})
