import { join } from 'node:path'
import { execPath } from 'node:process'
import { searchK6 } from '../../../src/adapters/k6/k6-program.ts'
import { programOnPath } from '../../../src/adapters/machine/find-program.ts'

/** More connections than a core needs to be kept busy; each sender has as many. */
export const CONNECTIONS = 64
/** Longer than any measurement: who still sends at its end is ended. */
const LASTS_SECONDS = 900
const here = import.meta.dirname
const squall = join(here, '../../../src/cli/main.ts')

/** Somebody who sends as much as he can. */
export interface Contender {
  readonly name: string
  /** Why it is not there; undefined: it is. */
  readonly missing?: string
  /** @param out a folder that it may make */
  readonly commandLine: (url: string, out: string) => readonly string[]
}

export const WRK = 'wrk + Lua'
export const AUTOCANNON = 'autocannon'
export const SQUALL_NODE = 'squall, Node engine'
export const SQUALL_K6 = 'squall, k6 engine'
export const PLAIN_K6 = 'plain k6, constant body'

/** All of them, the absent ones with the reason. */
export async function contenders(): Promise<Contender[]> {
  const { found: k6 } = await searchK6()
  const noK6 = k6 ? {} : { missing: 'no k6 found ($K6_BIN, PATH, the cache of squall)' }
  const noWrk = programOnPath('wrk') ? {} : { missing: 'wrk is not on PATH' }
  return [
    { name: SQUALL_NODE, commandLine: (url, out) => saturated(url, out, 'node') },
    { name: SQUALL_K6, ...noK6, commandLine: (url, out) => saturated(url, out, 'k6') },
    { name: WRK, ...noWrk, commandLine: (url) => wrk('webhook.lua', url) },
    {
      name: AUTOCANNON,
      commandLine: (url) => [execPath, join(here, 'autocannon-sender.mjs'), url, String(LASTS_SECONDS)],
    },
    {
      name: PLAIN_K6,
      ...noK6,
      commandLine: (url) => [k6!.path, 'run', '--quiet', ...k6Variables(url), join(here, 'plain-k6.js')],
    },
  ]
}

/** wrk with one constant request: the most that can be sent to the sink. */
export function staticWrk(url: string): readonly string[] {
  return wrk('static.lua', url)
}

function wrk(script: string, url: string): string[] {
  return ['wrk', '-t1', `-c${CONNECTIONS}`, `-d${LASTS_SECONDS}s`, '-s', join(here, script), url]
}

function saturated(url: string, out: string, engine: 'node' | 'k6'): string[] {
  const engineFlag = engine === 'k6' ? ['--engine', 'k6'] : []
  return [
    execPath,
    squall,
    'run',
    join(here, 'saturated.yaml'),
    ...engineFlag,
    '--target',
    url,
    '--out',
    out,
    '--quiet',
  ]
}

function k6Variables(url: string): string[] {
  return ['-e', `BENCH_URL=${url}`, '-e', `BENCH_SECONDS=${LASTS_SECONDS}`]
}
