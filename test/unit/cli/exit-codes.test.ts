import { describe, expect, test } from 'vitest'
import { CliError } from '../../../src/cli/cli-error.ts'
import { knownError } from '../../../src/cli/known-error.ts'

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name })
}

describe('errors that are known', () => {
  test('keep their one line and get the code of their kind', () => {
    const codes = ['ScenarioError', 'SecretMissing', 'TargetInvalid', 'TargetRefused', 'TargetUnreachable'].map(
      (name) => knownError(named(name, 'why'))?.exitCode,
    )
    expect(codes).toEqual([2, 2, 2, 4, 5])
  })

  test('an error of the command itself has its own code', () => {
    expect(knownError(new CliError('why', 6))?.exitCode).toBe(6)
  })

  test('a full disk is said in words and is local', () => {
    const error = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      syscall: 'write',
      path: 'a/b',
    })
    expect(knownError(error)).toMatchObject({ message: 'a/b: the disk is full', exitCode: 6 })
  })

  test('a file that is not there is wrong use', () => {
    const error = Object.assign(new Error('ENOENT'), { code: 'ENOENT', syscall: 'open', path: 'x.yaml' })
    expect(knownError(error)).toMatchObject({ message: 'x.yaml: there is no such file or folder', exitCode: 2 })
  })

  test('everything else is a bug of ours', () => {
    expect(knownError(new TypeError('x is undefined'))).toBeUndefined()
    expect(knownError('thrown text')).toBeUndefined()
  })
})
