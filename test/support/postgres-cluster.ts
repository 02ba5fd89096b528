import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { findPostgres, NO_POSTGRES } from '../../scripts/find-postgres.mjs'

/** A PostgreSQL of its own, in a folder that goes with it. */
export interface PostgresCluster {
  /** By TCP on loopback; `settings` such as `search_path=a`. */
  url(settings?: string): string
  /** By its socket, without a password. */
  readonly socketUrl: string
  readonly password: string
  stop(): Promise<void>
}

const PASSWORD = 'p@ss/word?'
const START_TRIES = 5

interface Place {
  readonly programs: string
  readonly folder: string
  readonly user: { readonly uid?: number; readonly gid?: number }
}

/** Makes and starts one. @throws when PostgreSQL is not there or does not start */
export async function postgresCluster(): Promise<PostgresCluster> {
  const programs = findPostgres()
  if (programs === undefined) throw new Error(NO_POSTGRES)
  const place = { programs, folder: mkdtempSync(join(tmpdir(), 'squall-pg-')), user: anybody() }
  makeCluster(place)
  for (let tries = 1; ; tries++) {
    const port = await freePort()
    const server = await started(place, port)
    if (server instanceof Object) return clusterOf(place, server, port)
    if (tries === START_TRIES) throw new Error(`PostgreSQL does not start: ${server}`)
  }
}

/** PostgreSQL never runs as root; then it runs as nobody. */
function anybody(): Place['user'] {
  if (process.getuid?.() !== 0) return {}
  const nobody = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'))
  if (nobody === null) throw new Error('PostgreSQL refuses to run as root, and there is no user "nobody" here')
  return { uid: Number(nobody[1]), gid: Number(nobody[2]) }
}

function makeCluster({ programs, folder, user }: Place): void {
  const passwords = join(folder, 'password')
  writeFileSync(passwords, PASSWORD)
  if (user.uid !== undefined) for (const path of [folder, passwords]) chownSync(path, user.uid, user.gid!)
  const args = ['--pgdata', join(folder, 'data'), '--username', 'squall', '--pwfile', passwords, '--no-sync']
  const forms = ['--encoding', 'UTF8', '--locale', 'C', '--auth-local', 'trust', '--auth-host', 'scram-sha-256']
  const { status, stderr } = spawnSync(join(programs, 'initdb'), [...args, ...forms], { cwd: folder, ...user })
  if (status !== 0) throw new Error(`initdb failed: ${stderr}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

/** The server once it takes connections; or the last thing it said. */
async function started({ programs, folder, user }: Place, port: number): Promise<ChildProcess | string> {
  const settings = ['fsync=off', `unix_socket_directories=${folder}`, 'shared_buffers=16MB', 'max_connections=20']
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', join(folder, 'data'), '-p', String(port), '-h', '127.0.0.1', ...settings.flatMap((one) => ['-c', one])],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], ...user },
  )
  const said: string[] = []
  for await (const line of createInterface({ input: server.stderr! })) {
    said.push(line)
    if (!line.includes('ready to accept connections')) continue
    server.stderr!.resume()
    return server
  }
  return said.at(-1) ?? 'it said nothing'
}

function clusterOf({ folder }: Place, server: ChildProcess, port: number): PostgresCluster {
  const orphan = (): void => {
    server.kill('SIGQUIT')
  }
  process.once('exit', orphan)
  return {
    url: (settings = '') =>
      `postgres://squall:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/postgres${settings && `?${settings}`}`,
    socketUrl: `postgres://squall@/postgres?host=${encodeURIComponent(folder)}`.replace('@/', `@localhost:${port}/`),
    password: PASSWORD,
    async stop() {
      const ended = once(server, 'exit')
      server.kill('SIGQUIT')
      await ended
      process.off('exit', orphan)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
