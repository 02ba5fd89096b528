import { createHmac, randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { env, pid } from 'node:process'

/** The key of this user's tokens cannot be had. */
export class OwnershipKeyUnusable extends Error {
  override readonly name = 'OwnershipKeyUnusable'
}

const KEY_BYTES = 32

/**
 * The token with which this user, and nobody else, shows that a host is theirs: who does not have the local key cannot know it, and
 * another's token says nothing here.
 * @param folder where squall keeps its state
 * @throws OwnershipKeyUnusable
 */
export function ownershipToken(host: string, folder: string = stateFolder()): string {
  return createHmac('sha256', ownKey(folder)).update(`squall-challenge ${host}`).digest('hex')
}

/** `$XDG_STATE_HOME/squall`. A relative path there is none, as the XDG specification wants it. */
function stateFolder(): string {
  const home = env.XDG_STATE_HOME ?? ''
  return join(isAbsolute(home) ? home : join(homedir(), '.local', 'state'), 'squall')
}

/** Random, made once, and readable by this user alone. */
function ownKey(folder: string): Buffer {
  const path = join(folder, 'ownership.key')
  try {
    return soundKey(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unusable(path, error)
  }
  try {
    makeKey(folder, path)
    return soundKey(path)
  } catch (error) {
    throw unusable(path, error)
  }
}

function soundKey(path: string): Buffer {
  const key = readFileSync(path)
  if (key.length !== KEY_BYTES) throw new Error(`it has ${key.length} bytes in place of ${KEY_BYTES}; delete it`)
  return key
}

/** Whole or not at all; of two programs that make it at once the first one's stays. */
function makeKey(folder: string, path: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const half = `${path}.${pid}`
  writeFileSync(half, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' })
  try {
    linkSync(half, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(half)
  }
}

function unusable(path: string, error: unknown): OwnershipKeyUnusable {
  return new OwnershipKeyUnusable(`the key of ownership tokens, ${path}, cannot be used: ${(error as Error).message}`)
}
