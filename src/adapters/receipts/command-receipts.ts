import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { type Receipt, type ReceiptSource, ReceiptsUnreadable } from '../../model/receipt.ts'
import { onlyPage } from './file-receipts.ts'
import { masked } from './masked.ts'
import { openDocument } from './receipt-document.ts'
import { type ReceiptPlace, type RecordForm, reasonOf, unreadable } from './receipt-place.ts'

const STDERR_KEPT = 4096

/** Receipts that a shell command prints. `spec` is `command:COMMAND`; each reading runs it anew. */
export function commandReceipts(spec: string, form: RecordForm): ReceiptSource {
  const place = { location: masked(spec), ...form }
  const command = spec.slice('command:'.length)
  return { kind: 'command', location: place.location, read: () => readCommand(command, place) }
}

async function* readCommand(command: string, place: ReceiptPlace): AsyncGenerator<readonly Receipt[]> {
  const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ending = endingOf(child)
  try {
    yield* onlyPage(await openDocument(child.stdout, place), place)
    const trouble = await ending
    if (trouble !== '') throw unreadable(place, trouble)
  } catch (error) {
    throw error instanceof ReceiptsUnreadable ? error : unreadable(place, reasonOf(error))
  } finally {
    child.kill()
    child.stdout.destroy()
  }
}

/** Why the command failed, with the last line of what it said; empty when it did not. */
async function endingOf(child: ChildProcessByStdio<null, Readable, Readable>): Promise<string> {
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-STDERR_KEPT)
  })
  try {
    const [code, signal] = await once(child, 'close')
    if (code === 0) return ''
    const last = said.trim().split('\n').at(-1)
    const how = code === null ? `was ended by ${signal}` : `ended with exit code ${code}`
    return `the command ${how}${last ? `: ${last}` : ''}`
  } catch (error) {
    return reasonOf(error)
  }
}
