// The instrument's own floor: `squall run live --rate 2000/s` against a null sink in a process of its own.
// node test/bench/floor.ts [rate per second] [seconds]
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import type { Report } from '../../src/index.ts'

const [rate = '2000', seconds = '15'] = process.argv.slice(2)
const here = import.meta.dirname
const sink = spawn(process.execPath, [join(here, 'null-sink.ts')], { stdio: ['pipe', 'pipe', 'inherit'] })
const [url = ''] = await createInterface({ input: sink.stdout })
  [Symbol.asyncIterator]()
  .next()
  .then(({ value }) => [value])
const out = mkdtempSync(join(tmpdir(), 'squall-floor-'))
const flags = [
  '--rate',
  `${rate}/s`,
  '--duration',
  `${seconds}s`,
  '--target',
  url,
  '--out',
  join(out, 'run'),
  '--json',
  '--quiet',
]
const squall = spawn(process.execPath, [join(here, '../../src/cli/main.ts'), 'run', 'live', ...flags], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const { counts, latencyMs, generator } = JSON.parse(await text(squall.stdout)) as Report
sink.stdin.end()
rmSync(out, { recursive: true })
console.table({
  'pump lag ms': generator.pumpLagMs,
  'latency from dispatch ms': { p50: latencyMs.fromSend.p50, p99: latencyMs.fromSend.p99, max: latencyMs.fromSend.max },
  'latency from due ms': { p50: latencyMs.fromDue.p50, p99: latencyMs.fromDue.p99, max: latencyMs.fromDue.max },
})
console.log(`${counts.acked} of ${counts.planned} acked; timing ${generator.timing} ${generator.reasons.join('; ')}`)
