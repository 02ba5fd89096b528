import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { nobodyReal } from '../../src/cli/nobody-real.ts'
import type { ProgramEnd } from '../support/run-program.ts'
import { obeyed } from '../support/staying-squall.ts'

const folder = mkdtempSync(join(tmpdir(), 'squall-lint-'))
afterAll(() => rmSync(folder, { recursive: true }))

const ESC = String.fromCharCode(27)
const SOUND = { type: 'track', event: 'Signed In', messageId: 'm', userId: 'u', properties: {} }
const ALIAS = { ...SOUND, event: 'Completed Order' }
const PURCHASE = { ...SOUND, event: 'Purchase' }

function fileOf(name: string, ...lines: readonly (object | string)[]): string {
  const path = join(folder, name)
  writeFileSync(path, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''))
  return path
}

describe('squall lint', () => {
  test('finds nothing in what squall generates, down a pipe', async () => {
    const { code, stdout, stderr } = await piped(['generate', '--events', '2000', '--quiet'], ['lint', '--quiet'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toBe(' ✓ nothing found in 2 000 events in 2 000 lines\n')
  })

  test('has nothing against unusual events but old names, and finds those that are invalid', async () => {
    const tolerance = await piped(
      ['generate', 'tolerance', '--events', '500', '--quiet'],
      ['lint', '--json', '--quiet'],
    )
    expect(tolerance.code).toBe(0)
    const { errors, findings } = JSON.parse(tolerance.stdout)
    expect({ errors, rules: findings.map(({ rule }: { rule: string }) => rule) }).toEqual({
      errors: 0,
      rules: ['legacy-name'],
    })
    const truth = join(folder, 'truth.ndjson')
    const invalid = await piped(
      ['generate', 'invalid', '--events', '600', '--truth', truth, '--quiet'],
      ['lint', '--json', '--quiet'],
    )
    const seeded = readFileSync(truth, 'utf8').match(/"flaw":/g)
    expect(invalid.code).toBe(1)
    expect(JSON.parse(invalid.stdout).errors).toBe(seeded?.length)
  })

  test('exits 1 for errors, and 0 for warnings alone', async () => {
    const warned = await obeyed(['lint', fileOf('warned', SOUND, ALIAS)])
    expect(warned).toMatchObject({ code: 0, stdout: expect.stringContaining('! legacy-name × 1') })
    const rejected = await obeyed(['lint', fileOf('rejected', SOUND, PURCHASE)])
    expect(rejected).toMatchObject({ code: 1, stderr: '' })
    expect(rejected.stdout).toMatch(/✗ rejected-name × 1\n[^→]*line 2 {2}\/event {2}"Purchase"[^→]*→ /)
  })

  test('names a malformed line and goes on', async () => {
    const { code, stdout } = await obeyed(['lint', fileOf('malformed', SOUND, '{"type":', PURCHASE), '--json'])
    const report = JSON.parse(stdout)
    expect(code).toBe(1)
    expect(report).toMatchObject({ schema: 'squall/lint@1', lines: 3, events: 2, malformed: 1, errors: 2 })
    expect(report.findings.map((found: { examples: [{ line: number }] }) => found.examples[0].line)).toEqual([2, 3])
  })

  test('reads a JSON document of several lines as a whole', async () => {
    const document = JSON.stringify([SOUND, PURCHASE, SOUND], null, 2)
    const { stdout } = await obeyed(['lint', fileOf('document', '', document)])
    expect(stdout).toContain('in 3 events in 1 line')
    expect(stdout).toContain('line 2  /1/event')
  })

  test('lets nothing of what it reads act on the terminal', async () => {
    const hostile = `${ESC}]0;mine\u0007${ESC}[2J`
    const event = { ...SOUND, event: 'Purchase', type: hostile, [`user_id${hostile}`]: 1, timestamp: hostile }
    const { stdout } = await obeyed(['lint', fileOf('hostile', event, hostile), '--profile', 'stream'])
    expect(stdout).toContain('bad_request')
    expect([...stdout].filter((char) => char < ' ' && char !== '\n')).toEqual([])
  })

  const wrong: readonly (readonly [what: string, args: readonly string[], line: RegExp])[] = [
    ['a file that is not there', ['lint', 'no.ndjson'], /^squall: no\.ndjson: there is no such file/],
    ['a file with nothing in it', ['lint', fileOf('empty', '')], /empty: there is nothing to lint/],
    ['a profile that is not there', ['lint', '--profile', 'spec'], /--profile: "spec" is none of subscription/],
  ]
  for (const [what, args, line] of wrong) {
    test(`${what} is one line and exit 2`, async () => {
      const { code, stdout, stderr } = await obeyed(args)
      expect(stderr).toMatch(line)
      expect({ code, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 2, stdout: '', lines: 1 })
    })
  }
})

test('a purge list names everybody whom the events are about, each once', async () => {
  const [out, list] = [join(folder, 'events'), join(folder, 'people')]
  await obeyed(['generate', '--events', '500', '-o', out, '--purge-list', list])
  const people = linesOf(list)
  const events = linesOf(out)
  for (const name of ['userId', 'anonymousId'] as const) {
    const listed = people.flatMap((person) => (person[name] === undefined ? [] : [person[name]]))
    const met = new Set(events.flatMap((event) => event[name] ?? []))
    expect(new Set(listed).size).toBe(listed.length)
    expect([...met].filter((id) => !listed.includes(id))).toEqual([])
  }
  const mails = new Set(readFileSync(out, 'utf8').match(/[\w.]+@example\.\w+/g))
  expect(mails.size).toBeGreaterThan(10)
  expect([...mails].filter((mail) => !people.some(({ email }) => email === mail))).toEqual([])
})

test('an event with somebody’s address stops before it leaves, with those after it', () => {
  const events = ['{"email":"a@example.com"}', '{"email":"a@gmail.com"}', '{}'].map((text) =>
    new TextEncoder().encode(text),
  )
  const left: Uint8Array[] = []
  expect(() => {
    for (const bytes of nobodyReal(events)) left.push(bytes)
  }).toThrow(/^event 2: "@gmail\.com" could be somebody's address; use example\.com/)
  expect(left).toEqual(events.slice(0, 1))
})

/** Runs two commands, the output of the first going into the second. @returns how the second ended */
async function piped(first: readonly string[], second: readonly string[]): Promise<ProgramEnd> {
  const [source, sink] = [started(first), started(second)]
  source.stdout!.pipe(sink.stdin!)
  source.stdin!.end()
  const end = { stdout: '', stderr: '' }
  sink.stdout!.on('data', (chunk) => {
    end.stdout += chunk
  })
  sink.stderr!.on('data', (chunk) => {
    end.stderr += chunk
  })
  const [code] = await once(sink, 'close')
  return { code, ...end }
}

function started(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['src/cli/main.ts', ...args], {
    env: { ...process.env, NO_COLOR: '1' },
    stdio: 'pipe',
  })
}

interface Person {
  readonly userId?: string | null
  readonly anonymousId?: string
  readonly email?: string
}

function linesOf(path: string): Person[] {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line))
}
