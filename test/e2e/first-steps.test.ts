import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { startingScenario } from '../../src/cli/starting-scenario.ts'
import { parseScenario } from '../../src/scenario/parse.ts'
import { readied, rehearsal, verdictsThat } from '../support/rehearsals.ts'
import type { ProgramEnd } from '../support/run-program.ts'
import { obeyed } from '../support/staying-squall.ts'
import { tcpServer } from '../support/tcp-server.ts'

/** Acts in a folder of its own, with `squall` at hand there. */
async function inFolder(act: (cwd: string, squall: (...args: string[]) => Promise<ProgramEnd>) => Promise<void>) {
  const cwd = mkdtempSync(join(tmpdir(), 'squall-first-'))
  const env = { XDG_STATE_HOME: cwd, PARTNER_KEY: 'k3y-of-a-customer' }
  await act(cwd, (...args) => obeyed(args, env, cwd)).finally(() => rmSync(cwd, { recursive: true }))
}

describe('squall init', () => {
  test('writes a scenario with its schema, says how it is run, and overwrites neither', () =>
    inFolder(async (cwd, squall) => {
      const { code, stdout } = await squall('init', 'First Steps.yaml')
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: expect.stringContaining("next: squall run 'First Steps.yaml'\n"),
      })
      const text = readFileSync(join(cwd, 'First Steps.yaml'), 'utf8')
      expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/squall\.schema\.json\n/)
      expect(parse(text).name).toBe('first-steps')
      const schema = JSON.parse(readFileSync(join(cwd, 'squall.schema.json'), 'utf8'))
      expect(new Ajv2020({ strict: false }).compile(schema)(parse(text))).toBe(true)
      writeFileSync(join(cwd, 'squall.schema.json'), '{}')
      for (const file of ['First Steps.yaml', 'other.yaml']) {
        expect(await squall('init', file)).toMatchObject({ code: 2, stderr: expect.stringMatching(/is there already/) })
      }
      expect(readFileSync(join(cwd, 'squall.schema.json'), 'utf8')).toBe('{}')
    }))

  test('writes a scenario that runs, and that a sound partner passes', async () => {
    const scenario = parseScenario(parse(startingScenario('mine', 'squall.schema.json')))
    const rehearsed = await rehearsal(readied(scenario), 1)
    expect(verdictsThat('pass', rehearsed)).toHaveLength(6)
  })
})

describe('squall send', () => {
  test('sends the chosen event, and hides the key that it went with', () =>
    inFolder(async (_, squall) => {
      const server = await tcpServer((socket) => socket.end('HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n'))
      const wire = ['--target', server.url, '--api-key', 'env:PARTNER_KEY']
      const { code, stdout } = await squall('send', ...wire, '--type', 'identify', '--event', '2', '--json')
      await server.close()
      const account = JSON.parse(stdout)
      expect(account).toMatchObject({ response: { status: 401 }, segment: { does: 'discard' } })
      expect(JSON.parse(account.request.body)).toMatchObject({ type: 'identify' })
      expect(code).toBe(1)
      expect(server.received.join('')).toContain(Buffer.from('k3y-of-a-customer:').toString('base64'))
      expect(stdout).toContain('Basic [secret]')
    }))

  test('plays against an embedded partner where there is no target', () =>
    inFolder(async (_, squall) => {
      const { code, stdout } = await squall('send', '--type', 'page')
      expect(code).toBe(0)
      expect(stdout).toMatch(/"type": "page"[\s\S]*✓ accepted/)
    }))
})

describe('what must not be is refused in one line', () => {
  test.each<[string, string[], number, RegExp]>([
    ['an unknown type', ['send', '--type', 'trak'], 2, /--type: "trak" is none of identify/],
    ['consent without a target', ['send', '--i-own', 'example.com'], 2, /--i-own: there is no --target/],
    [
      'consent to another host',
      ['run', 'smoke', '--target', 'http://127.0.0.1:1/', '--i-own', 'x'],
      2,
      /type it exactly/,
    ],
    ['nobody there', ['send', '--target', 'http://127.0.0.1:1/'], 5, /cannot reach/],
    ['metadata', ['send', '--target', 'http://169.254.169.254/'], 4, /nothing is ever sent/],
    ['Segment', ['run', 'smoke', '--target', 'https://api.segment.io/v1/batch'], 4, /is Segment's/],
    ['a scenario without its ending', ['init', 'mine.json'], 2, /ends in \.yaml/],
  ])('%s', async (_, args, code, line) => {
    const end = await obeyed(args)
    expect(end).toEqual({ code, stdout: '', stderr: expect.stringMatching(line) })
    expect(end.stderr.trimEnd().split('\n')).toHaveLength(1)
  })
})

describe('squall own', () => {
  test('gives a token and both places for a host that shows none yet, and the same token again', () =>
    inFolder(async (_, squall) => {
      const { code, stdout } = await squall('own', 'partner.invalid', '--json')
      const { token, proven, file, dns } = JSON.parse(stdout)
      expect({ code, proven }).toEqual({ code: 1, proven: false })
      expect(token).toMatch(/^[0-9a-f]{64}$/)
      expect(file.url).toBe(`https://partner.invalid/.well-known/squall-challenge/${token}`)
      expect(dns.name).toBe('_squall-challenge.partner.invalid')
      const again = await squall('own', 'http://partner.invalid:8080')
      expect(again.stdout).toContain(`http://partner.invalid:8080/.well-known/squall-challenge/${token}\n`)
    }))
})

test('squall doctor says of each thing whether it is fit', () =>
  inFolder(async (_, squall) => {
    const { code, stdout } = await squall('doctor', '--json')
    const { fit, findings } = JSON.parse(stdout)
    expect(code).toBe(fit ? 0 : 1)
    const ids = ['node', 'descriptors', 'ports', 'cpu', 'memory', 'clock', 'reports', 'k6', 'chromium']
    expect(findings.map(({ id }: { id: string }) => id)).toEqual(ids)
  }))
