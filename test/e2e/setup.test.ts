import { appendFileSync, chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ProgramEnd, runProgram } from '../support/run-program.ts'

/** A clone with nothing set up, and an npm of ours that says what it was asked and installs a Node that only tells its arguments. */
const FAKE_NPM = `#!/bin/sh
PATH=/bin:/usr/bin
echo "$@" >> asked.txt
mkdir -p node_modules/.bin
cp node.sh node_modules/.bin/node
`
const FAKE_NODE = `#!/bin/sh
echo "$@"
exit 3
`

let clone: string

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'squall-setup-'))
  cpSync('scripts', join(clone, 'scripts'), { recursive: true })
  mkdirSync(join(clone, 'bin'))
  writeFileSync(join(clone, 'package-lock.json'), '{}')
  program('node.sh', FAKE_NODE)
  program('bin/npm', FAKE_NPM)
  program('bin/chromium', '#!/bin/sh\n')
  for (const name of ['postgres', 'initdb']) program(`bin/${name}`, '#!/bin/sh\n')
  program('bin/k6', '#!/bin/sh\necho "k6 v2.2.0 (go1.26.8, linux/amd64)"\n')
})

afterEach(() => rmSync(clone, { recursive: true }))

describe('setting up a clone', () => {
  test('installs by the lockfile, then goes on under the pinned Node with its exit code', async () => {
    const { code, stdout, stderr } = await setup('start', '--broken', 'loses')
    expect({ code, stdout }).toEqual({ code: 3, stdout: 'src/cli/main.ts demo --broken loses\n' })
    expect(stderr).toMatch(/^squall: setting up/)
    expect(asked()).toEqual([expect.stringMatching(/^ci --include=dev /)])
  })

  test('happens once', async () => {
    await setup('start')
    expect(await setup('start')).toMatchObject({ code: 3, stderr: '' })
    expect(asked()).toHaveLength(1)
  })

  test('happens again when the lockfile has changed', async () => {
    await setup('start')
    appendFileSync(join(clone, 'package-lock.json'), ' ')
    await setup('start')
    expect(asked()).toHaveLength(2)
  })

  test('that failed happens again', async () => {
    program('bin/npm', `#!/bin/sh\necho "npm error code EBROKEN" >&2\necho "npm error it is broken" >&2\nexit 1\n`)
    const { code, stderr } = await setup('start')
    expect({ code, line: stderr.split('\n')[1] }).toEqual({ code: 6, line: 'squall: npm ci failed: it is broken' })
    program('bin/npm', FAKE_NPM)
    expect(await setup('start')).toMatchObject({ code: 3 })
  })

  test('says so when the network is away', async () => {
    program('bin/npm', '#!/bin/sh\necho "npm error code ENOTFOUND" >&2\nexit 1\n')
    expect((await setup('start')).stderr).toMatch(/squall: npm ci cannot reach the package registry: check the network/)
  })

  test('says so when there is no npm', async () => {
    rmSync(join(clone, 'bin/npm'))
    expect(await setup('start', { PATH: join(clone, 'bin') })).toMatchObject({
      code: 6,
      stderr: expect.stringMatching(/squall: npm is not on PATH/),
    })
  })

  test('says so when npm brought no Node for this platform', async () => {
    program('bin/npm', '#!/bin/sh\nexit 0\n')
    expect(await setup('start')).toMatchObject({
      code: 6,
      stderr: expect.stringMatching(/npm installed no Node for \w+-\w+/),
    })
  })

  test('npm test runs vitest, with a report for machines where one is asked for', async () => {
    expect((await setup('test', 'test/unit/a.test.ts')).stdout).toBe(
      'node_modules/vitest/vitest.mjs run test/unit/a.test.ts\n',
    )
    const { stdout } = await setup('test', { SQUALL_TEST_REPORT: 'out.json' })
    expect(stdout).toContain('--reporter=json --outputFile.json=out.json')
  })

  test('npm test sets a Chromium up where there is none, from the system’s packages, once', async () => {
    rmSync(join(clone, 'bin/chromium'))
    program('bin/apt-get', `#!/bin/sh\necho "apt-get $@" >> asked.txt\n[ "$1" = update ] || echo > bin/chromium\n`)
    expect((await setup('test', BARE)).stderr).toMatch(/setting up a Chromium/)
    expect(asked().slice(1)).toEqual(['apt-get update', expect.stringMatching(/^apt-get install .*chromium$/)])
    expect(await setup('test', BARE)).toMatchObject({ code: 3, stderr: '' })
    expect(asked()).toHaveLength(3)
  })

  test('takes the Chromium that $CHROMIUM_BIN names, and asks for no other', async () => {
    rmSync(join(clone, 'bin/chromium'))
    const { stderr } = await setup('test', { ...BARE, CHROMIUM_BIN: '/some/chromium' })
    expect(stderr).not.toMatch(/Chromium/)
  })

  test('says in one line when no Chromium can be had, and runs the tests all the same', async () => {
    rmSync(join(clone, 'bin/chromium'))
    const { code, stdout, stderr } = await setup('test', BARE)
    expect({ code, stdout }).toEqual({ code: 3, stdout: 'node_modules/vitest/vitest.mjs run\n' })
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^squall: no Chromium .*\$CHROMIUM_BIN$/)
  })

  test('npm test gives its tests the k6 that it finds, and stops where $K6_BIN names one that will not do', async () => {
    program('node.sh', '#!/bin/sh\necho "$K6_BIN"\n')
    expect((await setup('test')).stdout).toBe(`${join(clone, 'bin/k6')}\n`)
    expect(await setup('test', { K6_BIN: '/nowhere/k6' })).toMatchObject({
      code: 6,
      stderr: expect.stringMatching(/^squall: \$K6_BIN names \/nowhere\/k6, which does not run as k6: .*\n$/),
    })
  })

  test('npm test says in one line when no k6 can be had, and runs the tests all the same', async () => {
    rmSync(join(clone, 'bin/k6'))
    const { code, stderr } = await setup('test', { ...BARE, SQUALL_K6_RELEASES: 'http://127.0.0.1:1' })
    expect({ code, last: stderr.trimEnd().split('\n').at(-1) }).toEqual({
      code: 3,
      last: expect.stringMatching(
        /^squall: no k6 could be had \(.*; go is not on PATH\): install one of version 2\.2\.0 or later/,
      ),
    })
  })

  test('what it cannot do is one line', async () => {
    expect(await setup('begin')).toMatchObject({
      code: 6,
      stderr: expect.stringMatching(/^squall: usage: .*start\|test.*\n$/),
    })
  })
})

/** A PATH without the system's own programs. */
const BARE: NodeJS.ProcessEnv = Object.defineProperty({}, 'PATH', { enumerable: true, get: () => join(clone, 'bin') })

/** @param args the arguments; an object among them is environment */
function setup(...args: (string | NodeJS.ProcessEnv)[]): Promise<ProgramEnd> {
  const words = args.filter((arg) => typeof arg === 'string')
  const env = Object.assign({}, ...args.filter((arg) => typeof arg === 'object'))
  const path = [join(clone, 'bin'), dirname(process.execPath), '/bin'].join(':')
  return runProgram(process.execPath, ['scripts/setup.mjs', ...words], clone, {
    npm_execpath: undefined,
    SQUALL_TEST_REPORT: undefined,
    CHROMIUM_BIN: undefined,
    K6_BIN: undefined,
    XDG_CACHE_HOME: join(clone, 'cache'),
    PATH: path,
    ...env,
  })
}

function program(name: string, text: string): void {
  writeFileSync(join(clone, name), text)
  chmodSync(join(clone, name), 0o755)
}

function asked(): string[] {
  return readFileSync(join(clone, 'asked.txt'), 'utf8').trimEnd().split('\n')
}
