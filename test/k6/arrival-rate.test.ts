import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeCorpus } from '../../generators/corpus.ts'
import { trafficOf } from '../../generators/message.ts'
import type { ArrivalRun } from '../../src/model/arrival-run.ts'
import type { Report } from '../../src/model/report.ts'
import { parseResult } from '../../src/report/parse-result.ts'
import { k6Program } from '../support/k6-program.ts'
import { type ProgramEnd, runProgram } from '../support/run-program.ts'
import { obeyed } from '../support/staying-squall.ts'

const folder = mkdtempSync(join(tmpdir(), 'squall-arrival-'))
const QUIET = { K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false', SECRET: 'hush' }

interface Received {
  readonly body: string
  readonly headers: IncomingMessage['headers']
}

let received: Received[]
let server: Server
let status: number

beforeAll(async () => {
  const script = (...args: string[]) => obeyed(['k6', 'script', 'arrival-rate', ...args])
  const plain = script('-o', join(folder, 'plain.js'))
  const signing = ['--profile', 'webhook', '--shared-secret', 'env:SECRET', '--rate', '20/s', '--duration', '1s']
  const signed = script(...signing, '-o', join(folder, 'signed.js'))
  for (const { code, stderr } of await Promise.all([plain, signed]))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
}, 60_000)

beforeEach(async () => {
  received = []
  status = 204
  server = createServer(async (request, response) => {
    received.push({ body: await text(request), headers: request.headers })
    response.writeHead(status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

afterAll(() => rmSync(folder, { recursive: true }))

describe('the plain script of an arrival rate', () => {
  test('sends at each index what the Node engine sends there, and its summary becomes a result', async () => {
    const { code, stdout } = await k6('plain.js', {
      SQUALL_RATE: '40/s',
      SQUALL_DURATION: '1s',
      SQUALL_RUN_ID: 'native',
    })
    const { report, run } = await resultOf('squall-summary.json')
    const traffic = trafficOf(makeCorpus(1, 100), run.plan, run.header)
    const indices = received.map(({ body }) => traffic.indexOf(JSON.parse(body).messageId)!)
    expect(received.map(({ body }) => body)).toEqual(indices.map((index) => textAt(traffic, index)))
    expect(new Set(indices).size).toBe(received.length)
    expect(Math.max(...indices)).toBe(received.length - 1)
    expect(report.counts).toMatchObject({ sent: received.length, acked: received.length })
    expect(report.classes).toMatchObject({ '2xx': received.length, '5xx': 0 })
    expect(report.run).toMatchObject({ id: 'native', planHash: run.header.planHash, exitCode: code === 0 ? 0 : 1 })
    expect(received.length + report.counts.notSent).toBeGreaterThanOrEqual(37)
    expect(report.latencyMs.fromSend.count).toBe(received.length)
    expect(stdout).toContain(`events: ${received.length} acked, 0 rejected`)
  })

  test('ramps, and what k6 exports by itself says as much: crossed thresholds are exit 1', async () => {
    status = 503
    const stages = { SQUALL_RATE: '10/s', SQUALL_STAGES: '500ms:40/s,500ms:40/s,500ms:0/s' }
    const { code } = await k6('plain.js', stages, '--summary-export', 'export.json')
    expect(code).toBe(99)
    const own = await resultOf('squall-summary.json')
    const exported = await resultOf('export.json')
    expect(own.run.plan.phases[0]!.pace.pieces).toHaveLength(3)
    expect([own.code, exported.code]).toEqual([1, 1])
    expect(exported.report.counts).toEqual(own.report.counts)
    expect(exported.report.latencyMs).toEqual(own.report.latencyMs)
    expect(own.report.counts).toMatchObject({ acked: 0, exhausted: received.length, rejected: 0 })
    expect(own.report.classes['5xx']).toBe(received.length)
    expect(own.report.notes.map((note) => note.text)).toContainEqual('k6: http_req_failed is not rate<0.01')
  })

  test('signs with a secret from the environment, which the script does not hold', async () => {
    await k6('signed.js')
    expect(received.length).toBeGreaterThan(0)
    const signatures = received.map(({ headers }) => headers['x-signature'])
    expect(signatures).toEqual(received.map(({ body }) => createHmac('sha1', 'hush').update(body).digest('hex')))
    expect(readFileSync(join(folder, 'signed.js'), 'utf8')).not.toContain('hush')
  })

  test('goes nowhere but to this machine unless it was made for another target', async () => {
    for (const url of ['http://192.0.2.1/', 'http://127.0.0.1.example.com/', 'http://127.0.0.1@192.0.2.1/']) {
      const { code, stderr } = await k6('plain.js', { SQUALL_TARGET: url })
      expect({ code, said: stderr.includes(`${url} is not this machine: make the script for it`) }).toEqual({
        code: 107,
        said: true,
      })
    }
  })

  test('has the rate and the duration of its scenario, unless told others', async () => {
    const scenarioOf = async (variables: Record<string, string>) => {
      const { stdout } = await inspected('plain.js', variables)
      return JSON.parse(stdout).scenarios.events
    }
    const constant = {
      executor: 'constant-arrival-rate',
      rate: 200,
      timeUnit: '1s',
      duration: '30s',
      preAllocatedVUs: 5,
    }
    expect(await scenarioOf({})).toMatchObject(constant)
    expect(await scenarioOf({ SQUALL_DURATION: '2m' })).toMatchObject({ ...constant, duration: '2m0s' })
    expect(await scenarioOf({ SQUALL_STAGES: '1m:100/s' })).toMatchObject({
      executor: 'ramping-arrival-rate',
      startRate: 0,
      stages: [{ target: 360_000, duration: '1m0s' }],
    })
  })

  test('says what a variable should be', async () => {
    const { stderr } = await k6('plain.js', { SQUALL_RATE: '40' })
    expect(stderr).toContain('SQUALL_RATE: 40 has no unit; write a rate such as 500/s')
  })
})

describe('what cannot be is one line', () => {
  test.each([
    ['another script', ['script', 'spike'], /there is no script "spike"; there is arrival-rate/],
    ['a host of somebody else', ['script', 'arrival-rate', '--target', 'http://192.0.2.1/'], /192\.0\.2\.1/],
    ['a summary that is not there', ['summary', 'nowhere.json'], /nowhere\.json: there is no such file/],
  ])('%s', async (_what, args, complaint) => {
    const { code, stdout, stderr } = await obeyed(['k6', ...args])
    expect(stderr).toMatch(complaint)
    expect({ stdout, lines: stderr.trimEnd().split('\n').length, refused: code === 2 || code === 4 }).toEqual({
      stdout: '',
      lines: 1,
      refused: true,
    })
  })

  test('a scenario that sends arrays', async () => {
    const file = join(folder, 'arrays.yaml')
    const phase = '{ name: all, rate: 10/s, duration: 1s }'
    writeFileSync(file, `name: arrays\nprofile: actions\nbatch: 5\nphases: [${phase}]\n`)
    expect(await obeyed(['k6', 'script', 'arrival-rate', file])).toEqual({
      code: 2,
      stdout: '',
      stderr: "squall: batch: k6's arrival rate sends one event a request; leave it out\n",
    })
  })

  test('a summary of another script', async () => {
    const file = join(folder, 'foreign.json')
    writeFileSync(file, JSON.stringify({ metrics: { iterations: { count: 3, rate: 1 } } }))
    const { code, stderr } = await obeyed(['k6', 'summary', file])
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        /^squall: .*foreign\.json: its script was not ours, .*arrival-rate" writes one that does\n$/,
      ),
    })
  })
})

/** Runs the script to its end, in the folder; its target is the test's own server. */
async function k6(script: string, variables: Record<string, string> = {}, ...args: string[]): Promise<ProgramEnd> {
  return runProgram(await k6Program(), ['run', '--quiet', ...given(variables), ...args, script], folder, QUIET)
}

/** What k6 makes of the script, without running it. */
async function inspected(script: string, variables: Record<string, string>): Promise<ProgramEnd> {
  return runProgram(await k6Program(), ['inspect', ...given(variables), script], folder, QUIET)
}

function given(variables: Record<string, string>): string[] {
  const { port } = server.address() as AddressInfo
  const all = { SQUALL_TARGET: `http://127.0.0.1:${port}/hook`, SQUALL_VUS: '5', ...variables }
  return Object.entries(all).flatMap(([name, value]) => ['-e', `${name}=${value}`])
}

/** @returns the run as the summary tells of it, and the result that `squall k6 summary` makes of that */
async function resultOf(file: string): Promise<{ report: Report; run: ArrivalRun; code: number | null }> {
  const path = join(folder, file)
  const { code, stdout } = await obeyed(['k6', 'summary', path])
  const { setup_data } = JSON.parse(readFileSync(path, 'utf8')) as { setup_data: { squall: string } }
  return { report: parseResult(stdout), run: JSON.parse(setup_data.squall) as ArrivalRun, code }
}

function textAt(traffic: ReturnType<typeof trafficOf>, index: number): string {
  return Buffer.from(traffic.messageAt(index, 'live').bytes).toString('utf8')
}
