import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ProgramEnd, squall } from './run-program.ts'
import { tcpServer } from './tcp-server.ts'

/** What a fake k6 finds when it acts. */
const BEGINNING = `
const { appendFileSync, readFileSync, statSync, writeFileSync } = require('node:fs')
if (process.argv[2] === 'version') {
  console.log('k6 v2.2.0 (go1.26.0, linux/amd64)')
  process.exit()
}
const assignmentPath = process.env.SQUALL_ASSIGNMENT
const assignment = JSON.parse(readFileSync(assignmentPath, 'utf8'))
const { plan, header } = assignment
const lanes = Array.from({ length: plan.lanes }, (_, lane) => lane)
const output = process.argv.find((text) => text.startsWith('--console-output=')).slice('--console-output='.length)
const say = (...lines) => appendFileSync(output, lines.map((line) => line + '\\n').join(''))
const sayHead = () => say('head ' + JSON.stringify({ plan, header, writer: { id: 'k6-0', lanes } }))
const sayEnd = () => say(JSON.stringify({ kind: 'end', atMs: 1, complete: false }))
`

/** A program that passes for k6 2.2.0 and does as it is told. @param act CommonJS, after `BEGINNING` */
export function fakeK6(folder: string, act: string): string {
  const path = join(folder, 'k6')
  writeFileSync(path, `#!${process.execPath}\n${BEGINNING}\n${act}\n`)
  chmodSync(path, 0o755)
  return path
}

/** How squall fared with a fake k6. */
export interface FakeRun extends ProgramEnd {
  readonly out: string
  /** What stands in a file that the fake wrote beside itself. */
  readonly kept: (name: string) => string
}

/** Has squall run a scenario with a fake k6, against a server that is never sent anything. */
export async function runWithFakeK6(home: string, act: string, env: NodeJS.ProcessEnv = {}): Promise<FakeRun> {
  const folder = mkdtempSync(join(home, 'run-'))
  const server = await tcpServer(() => undefined)
  const out = join(folder, 'run')
  const args = [
    'run',
    'smoke',
    '--engine',
    'k6',
    '--target',
    server.url.replace('127.0.0.1', 'localhost'),
    '--out',
    out,
  ]
  const end = await squall(args, { ...env, K6_BIN: fakeK6(folder, act) })
  await server.close()
  return { ...end, out, kept: (name) => readFileSync(join(folder, name), 'utf8') }
}
