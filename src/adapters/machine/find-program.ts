import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { env } from 'node:process'
import { promisify } from 'node:util'

/** A program that squall can make use of. */
export interface FoundProgram {
  readonly path: string
  /** How it was come by, such as `$K6_BIN`. */
  readonly from: string
  /** What it says of itself; null: it does not run. */
  readonly version: string | null
}

const ASKED_MS = 10_000

/** In the order in which the tests of pages would take them. */
export function findChromium(): Promise<FoundProgram | undefined> {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
  return first([...named('CHROMIUM_BIN'), ...onPath(names)], ['--version'])
}

type Place = Pick<FoundProgram, 'path' | 'from'>

function named(variable: string): Place[] {
  const path = env[variable] ?? ''
  return path === '' ? [] : [{ path, from: `$${variable}` }]
}

/** Where a program is; undefined: nowhere on PATH. */
export function programOnPath(name: string): string | undefined {
  return onPath([name]).find(({ path }) => isProgram(path))?.path
}

function onPath(names: readonly string[]): Place[] {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) => folders.map((folder) => ({ path: join(folder, name), from: 'PATH' })))
}

async function first(places: readonly Place[], ask: readonly string[]): Promise<FoundProgram | undefined> {
  const place = places.find(({ path }) => isProgram(path))
  return place && { ...place, version: await versionOf(place.path, ask) }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

async function versionOf(path: string, ask: readonly string[]): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)(path, [...ask], { timeout: ASKED_MS })
    return stdout.trim().split('\n')[0] || null
  } catch {
    return null
  }
}
