import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { runWithFakeK6 } from '../support/fake-k6.ts'
import { resultIn } from '../support/killed-run.ts'

const home = mkdtempSync(join(tmpdir(), 'squall-fake-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const USERS_OWN = { SQUALL_TEST_KEY: 'k', HTTPS_PROXY: 'http://127.0.0.1:1', K6_VUS: '9', AWS_SECRET_ACCESS_KEY: 'x' }

/** For machines that are busy. */
const PATIENTLY = { timeout: 180_000 }

describe.concurrent('the process that k6 is', PATIENTLY, () => {
  test('gets an environment of its own and an assignment that nobody else can read, and leaves nothing but its ledger', async () => {
    const { kept, out } = await runWithFakeK6(
      home,
      `const { mode } = statSync(assignmentPath)
       const shown = { env: process.env, args: process.argv.slice(2), mode: mode & 0o777, hosts: assignment.hosts }
       writeFileSync(__dirname + '/seen', JSON.stringify(shown))
       sayHead(); sayEnd()`,
      USERS_OWN,
    )
    const { env, args, mode, hosts } = JSON.parse(kept('seen'))
    expect(env).toMatchObject({ GOGC: '400', GODEBUG: 'http2client=0', K6_NO_USAGE_REPORT: 'true' })
    expect(env).toMatchObject({ K6_AUTO_EXTENSION_RESOLUTION: 'false' })
    expect(Object.keys(env).filter((name) => /proxy|secret|VUS|TEST_KEY/i.test(name))).toEqual([])
    expect(args).toEqual(expect.arrayContaining(['--summary-mode=disabled', '--no-thresholds', '--no-usage-report']))
    expect(mode).toBe(0o600)
    expect(hosts).toEqual({ localhost: '127.0.0.1' })
    expect(existsSync(join(out, 'k6'))).toBe(false)
    expect(readdirSync(join(out, 'ledger'))).toEqual(['k6-0.sq'])
    const { connections, run, generator } = resultIn(out)
    expect(run.engine).toEqual({ name: 'k6', version: '2.2.0' })
    expect(connections).toMatchObject({ opened: null, reused: null, closedByPeer: null, max: null })
    expect(generator).toMatchObject({ cpuRatio: null, loopDelayMaxMs: null })
  })

  test('is not believed that all went well, whatever its exit code, unless it has said so', async () => {
    const { code, stderr, out } = await runWithFakeK6(home, 'sayHead()')
    expect({ code, stderr }).toEqual({
      code: 6,
      stderr: expect.stringContaining('k6 ended before the run did (exit code 0)'),
    })
    expect(resultIn(out).run.exitCode).toBe(6)
  })

  test('has its own complaint shown when it does not even begin', async () => {
    const { code, stderr } = await runWithFakeK6(
      home,
      `writeFileSync('k6.log', 'SyntaxError: subscription.js: Unexpected token\\n\\tat subscription.js:1\\n'); process.exit(107)`,
    )
    const said = '(exit code 107: SyntaxError: subscription.js: Unexpected token)'
    expect({ code, stderr }).toEqual({ code: 6, stderr: expect.stringContaining(said) })
  })

  test('is ended when it prints what is no line of a run', async () => {
    const { code, stderr, out } = await runWithFakeK6(home, `sayHead(); say('garbage'); setInterval(() => {}, 1000)`)
    expect({ code, stderr }).toEqual({ code: 6, stderr: expect.stringContaining('what k6 said is damaged at byte') })
    expect(resultIn(out).counts.sent).toBe(0)
  })
})
