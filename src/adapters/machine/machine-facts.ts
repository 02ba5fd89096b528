import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, resolve } from 'node:path'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { type Descriptors, readDescriptors } from './descriptors.ts'

/** What of this machine a run hangs on; null: unknown. */
export interface MachineFacts {
  readonly node: string
  readonly descriptors: Descriptors
  /** Ports for connections that go out, and how many of them still wait after an earlier one. */
  readonly ports: { readonly count: number | null; readonly waiting: number | null }
  readonly cpu: { readonly cores: number; readonly quota: number | null }
  readonly memoryFreeMb: number
  /** By how much the wall clock went another way than the monotonic one, while they were watched. */
  readonly clockDriftMs: number
  readonly reports: { readonly path: string; readonly writable: boolean }
}

const CLOCKS_WATCHED_MS = 250

export async function readMachineFacts(): Promise<MachineFacts> {
  return {
    node: process.versions.node,
    descriptors: readDescriptors(),
    ports: { count: portCount(), waiting: waitingPorts() },
    cpu: { cores: availableParallelism(), quota: cpuQuota() },
    memoryFreeMb: Math.round(process.availableMemory() / 2 ** 20),
    clockDriftMs: await clockDriftMs(),
    reports: writablePlace('reports'),
  }
}

function portCount(): number | null {
  const [low, high] = numbersOf(textOf('/proc/sys/net/ipv4/ip_local_port_range'))
  return low === undefined || high === undefined ? null : high - low + 1
}

function waitingPorts(): number | null {
  const count = /^TCP:.* tw (\d+)/m.exec(textOf('/proc/net/sockstat'))?.[1]
  return count === undefined ? null : Number(count)
}

/** Cores that the control group allows, of the second version or the first; null: as many as there are. */
function cpuQuota(): number | null {
  const [quota, period] = numbersOf(textOf('/sys/fs/cgroup/cpu.max'))
  if (quota !== undefined && period !== undefined) return quota / period
  const [quotaUs] = numbersOf(textOf('/sys/fs/cgroup/cpu/cpu.cfs_quota_us'))
  const [periodUs] = numbersOf(textOf('/sys/fs/cgroup/cpu/cpu.cfs_period_us'))
  return quotaUs === undefined || periodUs === undefined || quotaUs <= 0 ? null : quotaUs / periodUs
}

async function clockDriftMs(): Promise<number> {
  const [wall, monotonic] = [Date.now(), performance.now()]
  await pause(CLOCKS_WATCHED_MS)
  return Date.now() - wall - (performance.now() - monotonic)
}

/** A folder that is not there yet is made in the nearest one above it that is. */
function writablePlace(path: string): { path: string; writable: boolean } {
  let folder = resolve(path)
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder)
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return { path, writable: true }
  } catch {
    return { path, writable: false }
  }
}

function numbersOf(text: string): number[] {
  return (text.match(/^-?\d[\d\s]*$/)?.[0] ?? '').split(/\s+/).filter(Boolean).map(Number)
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}
