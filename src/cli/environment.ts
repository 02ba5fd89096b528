import { availableParallelism, release, totalmem } from 'node:os'
import process from 'node:process'
import type { RunHeader } from '../index.ts'
import { squallVersion } from './version.ts'

/** This machine and program, as a report states them. */
export function environment(): RunHeader['environment'] {
  return {
    squall: squallVersion(),
    runtime: `Node ${process.versions.node}, undici ${process.versions.undici ?? ''}`,
    platform: `${process.platform} ${process.arch} ${release()}`,
    cpus: availableParallelism(),
    memoryMb: Math.round(totalmem() / 2 ** 20),
  }
}
