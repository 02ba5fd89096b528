// Finds a k6, or sets one up in squall's own cache: the official release, else built by go.
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { buildK6, pinnedVersion } from './build.mjs'
import { cachedK6, isSupported, SUPPORTED, searchK6, versionOf } from './find.mjs'
import { releasedK6 } from './release.mjs'

const RELEASES = 'https://github.com/grafana/k6/releases/download'
const STALL_MS = 10_000

/**
 * The k6 to use, as `k6` (path, from, version), or why there is none, as `trouble` (one line).
 * `$SQUALL_K6_RELEASES` names another place that keeps the releases.
 * @param say told when something is set up, since that takes a while
 */
export async function provideK6(options = {}) {
  const {
    env = process.env,
    say = () => {},
    stallMs = STALL_MS,
    platform = process.platform,
    arch = process.arch,
  } = options
  const { found, wrong } = await searchK6(env)
  if (found) return { k6: found }
  if (wrong) return { trouble: wrong }
  const version = pinnedVersion()
  const from = env.SQUALL_K6_RELEASES || RELEASES
  say(`setting up k6 ${version} (once; its release, or else built by go in a minute or two)`)
  return placed(cachedK6(env, platform), [
    async (draft) => writeFileSync(draft, await releasedK6(version, { from, stallMs, platform, arch })),
    (draft) => buildK6(draft, env),
  ])
}

/** What the first of the ways makes that is a k6 we support, put in its place in one step. */
async function placed(path, ways) {
  const draft = `${path}-${process.pid}`
  const troubles = []
  for (const way of ways) {
    try {
      mkdirSync(dirname(path), { recursive: true })
      await way(draft)
      return { k6: await accepted(draft, path) }
    } catch (error) {
      troubles.push(error.message)
    } finally {
      rmSync(draft, { force: true })
    }
  }
  return {
    trouble: `no k6 could be had (${troubles.join('; ')}): install one of version ${SUPPORTED}, or name it in $K6_BIN`,
  }
}

async function accepted(draft, path) {
  chmodSync(draft, 0o755)
  const version = await versionOf(draft)
  if (!isSupported(version)) throw new Error(`what came is ${version === null ? 'no k6 that runs' : `k6 ${version}`}`)
  renameSync(draft, path)
  return { path, from: 'the cache of squall', version }
}
