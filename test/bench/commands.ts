/**
 * What `squall report` and `squall audit` cost for a run of a million messages, from their start to the report's files, once what they are
 * made of has been compiled: `node test/bench/commands.ts [messages]`
 */
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { trafficOf } from '../../generators/message.ts'
import type { Traffic } from '../../src/model/message.ts'
import { writeAckedRun } from './acked-run.ts'
import { measuredSquall } from './measured-squall.ts'

const RECEIPTS: Readonly<Record<string, (traffic: Traffic, index: number) => object>> = {
  'ids and times': (traffic, index) => ({
    messageId: traffic.messageIdAt(index),
    timestamp: new Date(traffic.timestampMsAt(index)).toISOString(),
  }),
  bodies: (traffic, index) => {
    const { messageId, bytes } = traffic.lentAt(index, 'live')
    return { messageId, body: new TextDecoder().decode(bytes) }
  },
}

const count = Number(process.argv[2] ?? 1_000_000)
const folder = mkdtempSync(join(tmpdir(), 'squall-bench-'))
const { prepared, header } = writeAckedRun(folder, count)
const traffic = trafficOf(prepared.corpus, prepared.plan, header)
await measure('report', 'the run alone', folder)
for (const [kind, receiptAt] of Object.entries(RECEIPTS)) {
  const path = join(folder, 'receipts.ndjson')
  await writeReceipts(path, (index) => receiptAt(traffic, index))
  await measure('audit', kind, folder, '--receipts', `file:${path}`)
}
const pageKb = statSync(join(folder, 'report.html')).size / 1024
console.log(`the page: ${pageKb.toFixed(0)} KB`)
rmSync(folder, { recursive: true })

async function measure(command: string, what: string, ...args: string[]): Promise<void> {
  await measuredSquall([command, '--help'], [0])
  // Inconclusive: such a run says nothing of its generator.
  const { wallS, cpuS, peakMb } = await measuredSquall([command, ...args], [0, 3])
  const cost = `${wallS.toFixed(1)} s, ${cpuS.toFixed(1)} s of CPU, at most ${peakMb.toFixed(0)} MB`
  console.log(`squall ${command} of ${count} messages, ${what}: ${cost}`)
}

async function writeReceipts(path: string, receiptAt: (index: number) => object): Promise<void> {
  const file = createWriteStream(path)
  for (let index = 0; index < count; index++) {
    if (!file.write(`${JSON.stringify(receiptAt(index))}\n`)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
}
