import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type RunningPartner, startPartner } from '../../src/adapters/endpoints/partner-server.ts'
import { segmentOf, sequenceOf } from '../../src/adapters/k6/bundle-readme.ts'
import { k6Program } from '../support/k6-program.ts'
import { type ProgramEnd, runProgram } from '../support/run-program.ts'
import { obeyed } from '../support/staying-squall.ts'
import { TEST_RUN_SCHEMA } from '../support/test-run-schema.ts'

const RUNNERS = 3
const EVENTS = 900
const folder = mkdtempSync(join(tmpdir(), 'squall-shared-'))
const bundle = join(folder, 'bundle')
const parts = Array.from({ length: RUNNERS }, (_, g) => join(folder, `part-${g}.log`))

let partner: RunningPartner
let ends: ProgramEnd[]

beforeAll(async () => {
  partner = await startPartner({ port: 0, store: 'memory', faults: [], seed: 1 })
  const size = ['--events', String(EVENTS), '--rate', '300/s', '--shared-secret', 'env:SHARED', '--profile', 'webhook']
  const exported = await exportTo(bundle, ['--starts-in', '6s', '--run-id', 'shared', ...size])
  expect(exported).toMatchObject({ code: 0 })
  await runProgram(process.execPath, ['make-corpus.mjs', ...corpusArguments(), 'corpus.json'], bundle, {})
  // However long all that took.
  setStart(bundle, Date.now() + 4000)
  ends = await Promise.all(parts.map((_, g) => runner(g, { SHARED: 'open sesame' })))
}, 60_000)

afterAll(async () => {
  await partner.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a run that three k6 processes share', () => {
  test('is whole when its parts are merged, and what the store holds shows that nothing was lost or doubled', async () => {
    expect(ends).toEqual(ends.map(() => expect.objectContaining({ code: 0 })))
    const merged = join(folder, 'merged')
    const { code, stdout } = await obeyed(['merge', ...parts, '--out', merged, '--json'])
    expect(code).toBe(3)
    const { counts, run } = JSON.parse(stdout)
    expect(run).toMatchObject({ id: 'shared', engine: { name: 'k6' } })
    expect(counts).toMatchObject({ sent: counts.planned, acked: counts.planned, notSent: 0, messages: EVENTS })
    const audit = await obeyed(['audit', merged, '--receipts', new URL('receipts', partner.url).href, '--json'])
    const { audit: found, verdicts } = JSON.parse(audit.stdout)
    expect(found).toMatchObject({ expected: EVENTS, found: EVENTS, lost: 0, duplicated: 0, altered: 0, misdated: 0 })
    expect(verdicts.map(({ status }: { status: string }) => status)).toEqual(verdicts.map(() => 'pass'))
    expect(audit.code).toBe(0)
  })

  test('is refused when a part is missing or there twice, and nothing is left behind', async () => {
    const out = join(folder, 'refused')
    expect(await obeyed(['merge', ...parts.slice(1), '--out', out])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^squall: nobody speaks for 22 of 64 lanes \(0, 3, 6, .*: a part is missing\n$/),
    })
    expect(await obeyed(['merge', ...parts, parts[0]!, '--out', out])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/both sent lane 0/),
    })
    expect(existsSync(out)).toBe(false)
  })

  test('is missed by a runner that comes when it has long begun, or that lacks a secret', async () => {
    const late = join(folder, 'late')
    await exportTo(late, ['--starts-in', '1s'])
    setStart(late, Date.now() - 60_000)
    expect((await runner(0, {}, late, join(folder, 'none'))).stderr).toMatch(
      /the run began 6\d s ago, at .*: export it again/,
    )
    setStart(bundle, Date.now() + 60_000)
    expect((await runner(0, {}, bundle, join(folder, 'none'))).stderr).toMatch(/SHARED is not set/)
  })
})

describe('the bundle', () => {
  test('is a ConfigMap’s files, a TestRun that the operator takes, and a page that says how to run it', () => {
    expect(readdirSync(bundle).toSorted()).toEqual([
      ...['README.md', 'assignment.json', 'corpus.json', 'make-corpus.mjs', 'subscription.js', 'test-run.yaml'],
    ])
    const testRun = parse(readFileSync(join(bundle, 'test-run.yaml'), 'utf8'))
    const valid = new Ajv({ allErrors: true }).compile(TEST_RUN_SCHEMA)
    expect([valid(testRun), valid.errors]).toEqual([true, null])
    expect(testRun.spec.parallelism).toBe(RUNNERS)
  })

  test('holds no secret, but the name of its place', () => {
    const files = readdirSync(bundle).map((name) => readFileSync(join(bundle, name), 'utf8'))
    expect(files.join('\n')).not.toContain('open sesame')
    expect(files.join('\n')).toContain('secretKeyRef')
  })

  test('is not made for a host that is not its user’s, nor for one that a mere word makes theirs', async () => {
    const foreign = ['k6', 'export', 'smoke', '--runners', '2', '-o', join(folder, 'foreign'), '--target']
    expect(await obeyed([...foreign, 'http://192.0.2.1/'])).toMatchObject({ code: 4 })
    expect(await obeyed([...foreign, 'http://192.0.2.1/', '--i-own', '192.0.2.1'])).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/prove that the host is yours/),
    })
    expect(existsSync(join(folder, 'foreign'))).toBe(false)
  })
})

function exportTo(out: string, flags: readonly string[]): Promise<ProgramEnd> {
  const target = ['--target', partner.url]
  return obeyed(['k6', 'export', 'smoke', '--runners', String(RUNNERS), '-o', out, ...target, ...flags])
}

/** The moment at which all runners begin. */
function setStart(at: string, startedAtMs: number): void {
  const path = join(at, 'assignment.json')
  const assignment = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, JSON.stringify({ ...assignment, header: { ...assignment.header, startedAtMs } }))
}

function corpusArguments(): string[] {
  const { plan } = JSON.parse(readFileSync(join(bundle, 'assignment.json'), 'utf8'))
  return [String(plan.seed), String(plan.traffic.people)]
}

/** One of the processes, as the bundle's page says. */
async function runner(g: number, env: NodeJS.ProcessEnv, at = bundle, lines = parts[g]): Promise<ProgramEnd> {
  const quiet = ['--quiet', '--no-thresholds', '--summary-mode=disabled', '--no-usage-report', '--log-format=raw']
  const segment = [
    `--execution-segment=${segmentOf(g, RUNNERS)}`,
    `--execution-segment-sequence=${sequenceOf(RUNNERS)}`,
  ]
  const places = { SQUALL_ASSIGNMENT: join(at, 'assignment.json'), SQUALL_CORPUS: join(bundle, 'corpus.json') }
  const args = ['run', ...quiet, `--console-output=${lines}`, ...segment, 'subscription.js']
  return runProgram(await k6Program(), args, at, { ...places, ...env })
}
