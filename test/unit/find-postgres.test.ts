import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findPostgres, installPostgres } from '../../scripts/find-postgres.mjs'

let folder: string

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'squall-find-')))
  vi.stubEnv('SQUALL_TEST_POSTGRES', undefined)
  vi.stubEnv('PATH', join(folder, 'bin'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

/** A folder with PostgreSQL's programs. */
function programs(name: string): string {
  const path = join(folder, name)
  mkdirSync(path)
  for (const program of ['postgres', 'initdb']) writeFileSync(join(path, program), '')
  return path
}

test('PostgreSQL is where $SQUALL_TEST_POSTGRES says, before all others', () => {
  programs('bin')
  const named = programs('named')
  vi.stubEnv('SQUALL_TEST_POSTGRES', named)
  expect(findPostgres()).toBe(named)
})

test('PostgreSQL on PATH is found behind its links', () => {
  const behind = programs('behind')
  mkdirSync(join(folder, 'bin'))
  symlinkSync(join(behind, 'initdb'), join(folder, 'bin', 'initdb'))
  expect(findPostgres()).toBe(behind)
})

test('PostgreSQL is installed from the system’s packages, and looked for again', async () => {
  const asked: string[] = []
  const found = await installPostgres(async (command, args) => {
    asked.push([command, ...args].join(' '))
    if (args[0] === 'install') programs('bin')
    return { code: 0 }
  })
  expect(asked).toEqual(['apt-get update', 'apt-get install --yes --no-install-recommends postgresql'])
  expect(found).toBe(join(folder, 'bin'))
})
