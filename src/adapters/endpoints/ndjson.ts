import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'

/** Answers with one JSON line per value, no faster than they are read; other requests have their turn between pages. */
export async function writeNdjson(response: ServerResponse, pages: Iterable<readonly unknown[]>): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  await pipeline(Readable.from(linesOf(pages), { objectMode: true, highWaterMark: 1 }), response).catch(() => {
    // The reader went away: there is nobody left to tell.
  })
}

async function* linesOf(pages: Iterable<readonly unknown[]>): AsyncGenerator<string, void, undefined> {
  for (const page of pages) {
    let lines = ''
    for (const value of page) lines += `${JSON.stringify(value)}\n`
    if (lines !== '') yield lines
    await setImmediate()
  }
}
