// Where PostgreSQL's programs are, for the tests that need a database of their own.
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

const DEBIAN = '/usr/lib/postgresql'

/** The folder that holds `postgres` and `initdb`: `$SQUALL_TEST_POSTGRES`, that of PATH, the newest of Debian's packages. */
export function findPostgres() {
  return [process.env.SQUALL_TEST_POSTGRES, ...onPath(), ...debians()].find((folder) => folder && holds(folder))
}

export const NO_POSTGRES =
  'no PostgreSQL for the tests of stores, and none could be installed: put its programs on PATH, or name their folder in $SQUALL_TEST_POSTGRES'

/** Debian's package where apt-get is and may install; `run(command, args, options)` runs a program to its end. */
export async function installPostgres(run) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = ['install', '--yes', '--no-install-recommends', 'postgresql']
  if ((await run('apt-get', ['update'], { env })).code === 0) await run('apt-get', install, { env })
  return findPostgres()
}

function holds(folder) {
  return existsSync(join(folder, 'postgres')) && existsSync(join(folder, 'initdb'))
}

/** Programs look for each other beside themselves, so links are followed. */
function onPath() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => existsSync(join(folder, 'initdb')))
  return folders.map((folder) => dirname(realpathSync(join(folder, 'initdb'))))
}

function debians() {
  if (!existsSync(DEBIAN)) return []
  const versions = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a))
  return versions.map((version) => join(DEBIAN, version, 'bin'))
}
