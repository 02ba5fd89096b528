// Where a k6 is looked for, and which are taken. Plain JavaScript without dependencies, because set-up runs it before anything is installed.
import { execFile } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, isAbsolute, join } from 'node:path'

/** Before 2.2.0 k6 has faults that the engine cannot live with; what 3 changes is not known yet. */
export const SUPPORTED = '2.2.0 or later, below 3'
const ASKED_MS = 20_000

/**
 * The k6 to use: `$K6_BIN`, else the first supported one on PATH, else squall's own.
 * `found` has path, from and version; `passedOver` are those on the way that will not do (version null: it does not say one);
 * `wrong` is what is wrong with `$K6_BIN`, in place of which no other is taken.
 */
export async function searchK6(env = process.env) {
  if (env.K6_BIN) return named(env.K6_BIN)
  const passedOver = []
  for (const place of [...onPath(env), { path: cachedK6(env), from: 'the cache of squall' }].filter(isProgram)) {
    const k6 = { ...place, version: await versionOf(place.path) }
    if (isSupported(k6.version)) return { found: k6, passedOver }
    passedOver.push(k6)
  }
  return { passedOver }
}

async function named(path) {
  const version = await versionOf(path)
  if (isSupported(version)) return { found: { path, from: '$K6_BIN', version }, passedOver: [] }
  const trouble = version === null ? 'which does not run as k6' : `which is k6 ${version}`
  return { passedOver: [], wrong: `$K6_BIN names ${path}, ${trouble}: name one of version ${SUPPORTED}, or unset it` }
}

function onPath(env) {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.map((folder) => ({ path: join(folder, programName(process.platform)), from: 'PATH' }))
}

function isProgram({ path }) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Where squall keeps a k6 of its own. */
export function cachedK6(env, platform = process.platform) {
  const home = env.XDG_CACHE_HOME ?? ''
  return join(isAbsolute(home) ? home : join(homedir(), '.cache'), 'squall', 'bin', programName(platform))
}

export function programName(platform) {
  return platform === 'win32' ? 'k6.exe' : 'k6'
}

/** Such as `2.2.0`; null: it does not run, or says nothing of the kind. */
export function versionOf(path) {
  return new Promise((resolve) => {
    execFile(path, ['version'], { timeout: ASKED_MS }, (error, stdout) => {
      // It calls itself by the name of its file.
      const version = /^.* v(\d+\.\d+\.\d+\S*) \(.*\bgo\d/.exec(stdout)?.[1]
      resolve(error ? null : (version ?? null))
    })
  })
}

/** Of what comes before a release it is not known what is in it. */
export function isSupported(version) {
  const [, major, minor] = /^(\d+)\.(\d+)\.\d+$/.exec(version ?? '') ?? []
  return Number(major) === 2 && Number(minor) >= 2
}
