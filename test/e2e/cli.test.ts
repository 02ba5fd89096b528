import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runProgram, squall } from '../support/run-program.ts'
import { smallDisk } from '../support/small-disk.ts'
import { obeyed } from '../support/staying-squall.ts'

describe('wrong use is one line and exit 2', () => {
  const cases: readonly (readonly [what: string, args: readonly string[], line: RegExp])[] = [
    ['an unknown command', ['rum', 'live'], /unknown command 'rum'.*Did you mean run\?/],
    ['an unknown flag', ['generate', 'live', '--sed', '1'], /unknown option '--sed'.*Did you mean --seed\?/],
    ['a flag without its value', ['generate', 'live', '--rate'], /option '--rate <rate>' argument missing/],
    ['an argument too few', ['rehearse'], /missing required argument 'scenario'/],
    ['a scenario that is not there', ['generate', 'liv'], /there is no scenario "liv"; did you mean "live"\?/],
    ['a value that makes no sense', ['generate', 'live', '--rate', '500'], /--rate: 500 has no unit/],
    ['a moment that is none', ['generate', 'live', '--start', 'soon'], /--start: "soon" is not a moment/],
    ['a run id that cannot be one', ['generate', 'live', '--run-id', 'A B'], /--run-id: "A B" cannot be one/],
    ['a schema that is not there', ['schema', 'ledger'], /there is no schema "ledger"; there are result, scenario/],
    ['a port that is none', ['receive', 'partner', '--port', 'x'], /--port: "x" is not a whole number/],
    [
      'a fault that is not there',
      ['receive', 'partner', '--fault', 'lose'],
      /there is no fault "lose".*did you mean "loses"\?/,
    ],
    [
      'a file that cannot be written',
      ['generate', 'smoke', '--out', 'no/such/folder/x'],
      /no\/such\/folder\/x: there is no such file/,
    ],
  ]

  for (const [what, args, line] of cases) {
    test(what, async () => {
      const { code, stdout, stderr } = await obeyed(args)
      expect(stderr).toMatch(line)
      expect(stderr.trimEnd().split('\n')).toHaveLength(1)
      expect(stderr).toMatch(/^squall: /)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    })
  }
})

describe('help', () => {
  test('begins with examples and ends with the exit codes', async () => {
    const { code, stdout } = await obeyed(['--help'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Examples:/)
    expect(stdout).toMatch(/Exit codes:[\s\S]*143/)
  })

  test('of a command shows its flags', async () => {
    for (const args of [
      ['generate', '--help'],
      ['help', 'generate'],
    ]) {
      const { code, stdout } = await obeyed(args)
      expect(code).toBe(0)
      expect(stdout).toContain('--truth <file>')
    }
  })

  test('without a command goes to stderr, and the use is wrong', async () => {
    const { code, stdout, stderr } = await obeyed([])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('Examples:')
  })

  test('the version is that of the package', async () => {
    expect(await obeyed(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })
})

describe('generate', () => {
  test('writes each message once, and the same bytes each time', async () => {
    const args = ['generate', 'smoke', '--seed', '7', '--quiet']
    const [one, two] = await Promise.all([squall(args), squall(args)])
    expect(one).toMatchObject({ code: 0, stderr: '' })
    expect(one.stdout).toBe(two.stdout)
    const ids = one.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).messageId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('tells the truth about every delivery, copies included', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'squall-generate-'))
    const [out, truth] = [join(folder, 'events.ndjson'), join(folder, 'truth.ndjson')]
    await obeyed(['generate', 'duplicates', '--events', '200', '--out', out, '--truth', truth])
    const [events, deliveries] = [linesOf(out), linesOf(truth)]
    rmSync(folder, { recursive: true })
    const moments = deliveries.map(({ dueMs }) => dueMs)
    expect(moments).toEqual(moments.toSorted((a, b) => a - b))
    expect(
      deliveries
        .filter(({ copy }) => copy === 'first')
        .map(({ messageId }) => messageId)
        .sort(),
    ).toEqual(events.map(({ messageId }) => messageId).sort())
    expect(deliveries.length).toBeGreaterThan(events.length)
  })

  test('is quiet when its reader has enough', async () => {
    const child = spawn(process.execPath, ['src/cli/main.ts', 'generate', 'live', '--quiet'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    await once(child.stdout, 'data')
    child.stdout.destroy()
    let stderr = ''
    child.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    await once(child, 'close')
    expect(stderr).toBe('')
  })

  test('says in a line why stdout takes no more', async () => {
    const disk = smallDisk()
    const generate = [...disk.before, process.execPath, 'src/cli/main.ts', 'generate', 'live', '--quiet']
    const redirected = ['-c', `exec "$@" > ${disk.folder}/events`, 'redirected', ...generate]
    const { code, stderr } = await runProgram('/bin/sh', redirected, process.cwd(), {})
    disk.remove()
    expect(stderr).toMatch(/^squall: stdout: .*\n$/)
    expect(stderr).toMatch(disk.complaint)
    expect(code).toBe(6)
  })
})

describe('schema', () => {
  for (const which of ['result', 'scenario']) {
    test(`prints that of a ${which} as JSON`, async () => {
      const { code, stdout } = await obeyed(['schema', which])
      expect(code).toBe(0)
      expect(JSON.parse(stdout)).toHaveProperty('properties')
    })
  }
})

test('the installed program runs the same', async () => {
  const { stdout } = await runProgram(process.execPath, ['bin/squall.mjs', '--version'], process.cwd(), {})
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

function linesOf(path: string): { messageId: string; dueMs: number; copy: string }[] {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line))
}
