import type { K6Search } from '../adapters/k6/k6-program.ts'
import type { FoundProgram } from '../adapters/machine/find-program.ts'
import type { MachineFacts } from '../adapters/machine/machine-facts.ts'
import { descriptorsNeeded } from './descriptor-need.ts'

/** One thing about this machine, and what to do about it. */
export interface Finding {
  readonly id: string
  /** `unknown`: it cannot be told, or is not needed. */
  readonly status: 'fit' | 'unfit' | 'unknown'
  readonly text: string
  /** Empty: nothing is to be done. */
  readonly cure: string
}

/** What a run takes that says nothing else. */
const USUAL = { connections: 64, inFlightMax: 512 }
const PORTS_FREE_MIN = 10_000
const CORES_MIN = 2
const MEMORY_FREE_MIN_MB = 512
const CLOCK_DRIFT_MAX_MS = 50

export function findingsOf(
  facts: MachineFacts,
  programs: {
    readonly k6: K6Search & { readonly supported: string }
    readonly chromium: FoundProgram | undefined
  },
): Finding[] {
  return [
    node(facts),
    descriptors(facts),
    ports(facts),
    cpu(facts),
    memory(facts),
    clock(facts),
    reports(facts),
    k6(programs.k6),
    program('Chromium', programs.chromium, 'install one or name it in $CHROMIUM_BIN; only the tests of pages need it'),
  ]
}

function node({ node: version }: MachineFacts): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const fit = (major === 22 && minor >= 19) || (major === 24 && minor >= 11) || major > 24
  return finding('node', fit, `Node ${version}`, 'run it under Node 22.19 or 24.11 and later')
}

function descriptors({ descriptors: { limit, open } }: MachineFacts): Finding {
  const needed = descriptorsNeeded(USUAL) + (open ?? 0)
  if (limit === null)
    return unknown('descriptors', 'the limit of file descriptors cannot be read', 'look at: ulimit -n')
  const shown = limit === Number.POSITIVE_INFINITY ? 'without a limit' : `${limit} at most`
  const text = `file descriptors: ${shown}; a usual run takes up to ${needed}`
  return finding('descriptors', limit >= needed, text, `raise the limit: ulimit -n ${Math.max(4096, needed)}`)
}

function ports({ ports: { count, waiting } }: MachineFacts): Finding {
  if (count === null) return unknown('ports', 'the range of ports for outgoing connections cannot be read', '')
  const free = count - (waiting ?? 0)
  const text = `ports for outgoing connections: ${count}, of which ${waiting ?? 'an unknown number'} wait in TIME_WAIT`
  const cure = 'wait a minute, keep connections alive, or widen net.ipv4.ip_local_port_range'
  return finding('ports', free >= PORTS_FREE_MIN, text, cure)
}

function cpu({ cpu: { cores, quota } }: MachineFacts): Finding {
  const usable = Math.min(cores, quota ?? cores)
  const limited = quota === null || quota >= cores ? '' : `, of which the control group allows ${quota.toFixed(1)}`
  const cure = 'give it two cores: one sends, and one is for the endpoint and everything else'
  return finding('cpu', usable >= CORES_MIN, `processor cores: ${cores}${limited}`, cure)
}

function memory({ memoryFreeMb }: MachineFacts): Finding {
  const cure = `free some: a long run takes up to ${MEMORY_FREE_MIN_MB} MB`
  return finding('memory', memoryFreeMb >= MEMORY_FREE_MIN_MB, `memory that is free: ${memoryFreeMb} MB`, cure)
}

function clock({ clockDriftMs }: MachineFacts): Finding {
  const fit = Math.abs(clockDriftMs) <= CLOCK_DRIFT_MAX_MS
  const text = `the wall clock ${fit ? 'goes evenly' : `moved by ${Math.round(clockDriftMs)} ms within a quarter of a second`}`
  return finding('clock', fit, text, 'let NTP slew the clock instead of setting it, and start again')
}

function reports({ reports: { path, writable } }: MachineFacts): Finding {
  const text = `${path}/ ${writable ? 'can be written to' : 'cannot be written to'}`
  return finding('reports', writable, text, 'start squall in a folder of yours, or name one with --out')
}

function k6({ found, passedOver, wrong, supported }: K6Search & { readonly supported: string }): Finding {
  if (wrong !== undefined) return finding('k6', false, `k6: ${wrong}`, 'mend $K6_BIN; only --engine k6 needs it')
  const others = passedOver.map(
    ({ path, version }) => `; passed over: ${path}, ${version ?? 'which is no k6 that runs'}`,
  )
  const text = found ? `k6: ${found.path} (from ${found.from}), ${found.version}` : 'k6 is not there'
  const said = `${text}; supported: ${supported}${others.join('')}`
  if (found) return finding('k6', true, said, '')
  return unknown('k6', said, 'squall k6 install sets one up, or name one in $K6_BIN; only --engine k6 needs it')
}

function program(name: string, found: FoundProgram | undefined, cure: string): Finding {
  const id = name.toLowerCase()
  if (found === undefined) return unknown(id, `${name} is not there`, cure)
  const place = `${found.path} (from ${found.from})`
  if (found.version === null) return unknown(id, `${name}: ${place} does not run`, cure)
  return finding(id, true, `${name}: ${place}, ${found.version}`, '')
}

function finding(id: string, fit: boolean, text: string, cure: string): Finding {
  return { id, status: fit ? 'fit' : 'unfit', text, cure: fit ? '' : cure }
}

function unknown(id: string, text: string, cure: string): Finding {
  return { id, status: 'unknown', text, cure }
}
