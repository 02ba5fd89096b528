/**
 * What `squall report` and `squall audit` cost for a run of a million messages, from their start to the report's files:
 * `node test/bench/commands.ts [messages]`
 */
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { trafficOf } from '../../generators/message.ts'
import type { Traffic } from '../../src/model/message.ts'
import { writeAckedRun } from './acked-run.ts'
import { measuredSquall } from './measured-squall.ts'

const count = Number(process.argv[2] ?? 1_000_000)
const folder = mkdtempSync(join(tmpdir(), 'squall-bench-'))
const { prepared, header } = writeAckedRun(folder, count)
const receipts = join(folder, 'receipts.ndjson')
await writeReceipts(trafficOf(prepared.corpus, prepared.plan, header), receipts)
await measure('report', folder)
await measure('audit', folder, '--receipts', `file:${receipts}`)
const pageKb = statSync(join(folder, 'report.html')).size / 1024
console.log(`the page: ${pageKb.toFixed(0)} KB`)
rmSync(folder, { recursive: true })

async function measure(...args: string[]): Promise<void> {
  // Inconclusive: such a run says nothing of its generator.
  const { wallS, cpuS, peakMb } = await measuredSquall(args, [0, 3])
  const cost = `${wallS.toFixed(1)} s, ${cpuS.toFixed(1)} s of CPU, at most ${peakMb.toFixed(0)} MB`
  console.log(`squall ${args[0]} of ${count} messages: ${cost}`)
}

async function writeReceipts(traffic: Traffic, path: string): Promise<void> {
  const file = createWriteStream(path)
  for (let index = 0; index < count; index++) {
    const timestamp = new Date(traffic.timestampMsAt(index)).toISOString()
    const receipt = { messageId: traffic.messageIdAt(index), timestamp }
    if (!file.write(`${JSON.stringify(receipt)}\n`)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
}
