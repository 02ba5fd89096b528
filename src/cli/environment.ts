import { createRequire } from 'node:module'
import { availableParallelism, release, totalmem } from 'node:os'
import process from 'node:process'
import type { RunHeader } from '../index.ts'
import { squallVersion } from './version.ts'

/** Of the client that sends; Node brings another one of its own. */
const { version: undiciVersion } = createRequire(import.meta.url)('undici/package.json') as { version: string }

/** This machine and program, as a report states them. */
export function environment(): RunHeader['environment'] {
  return {
    squall: squallVersion(),
    runtime: `Node ${process.versions.node}, undici ${undiciVersion}`,
    platform: `${process.platform} ${process.arch} ${release()}`,
    cpus: availableParallelism(),
    memoryMb: Math.round(totalmem() / 2 ** 20),
  }
}
