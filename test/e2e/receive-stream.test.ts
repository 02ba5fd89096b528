import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Command } from 'commander'
import { afterAll, describe, expect, test } from 'vitest'
import { cliEntry } from '../../src/cli/cli-entry.ts'
import { defineStream } from '../../src/cli/commands/receive-stream.ts'
import { knownError } from '../../src/cli/known-error.ts'
import { exchange } from '../support/exchange.ts'
import { squall } from '../support/run-program.ts'
import { streamEvent } from '../support/stream-traffic.ts'

const folder = mkdtempSync(join(tmpdir(), 'squall-stream-cli-'))
const path = join(folder, 'key')
const place = `file:${path}`
writeFileSync(path, 'a-write-key')
afterAll(() => rmSync(folder, { recursive: true }))

describe('squall receive stream', () => {
  test('says where it is, never a key, takes events, and stops at SIGTERM', async () => {
    const child = spawn(process.execPath, [cliEntry, 'receive', 'stream', '--write-key', place], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    const { url, debugger: page, ...rest } = JSON.parse(line)
    expect([url, page, rest, line]).toEqual([
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/),
      expect.stringContaining(`${url}debugger?token=`),
      {},
      expect.not.stringContaining('a-write-key'),
    ])
    const body = JSON.stringify({ ...streamEvent(), writeKey: 'a-write-key' })
    expect((await exchange(`${url}v1/t`, { method: 'POST', body })).body).toBe('{"success":true}')
    expect((await exchange(`${url}receipts`)).body).toContain('Email Opened')
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  test.each([
    [['--write-key', 'secret'], '--write-key: give the name of a place'],
    [['--write-key', 'env:SQ_NONE'], 'env:SQ_NONE is empty or not there'],
    [['--write-key', `${place}@asia`], 'cannot be read'],
    [['--rate', 'fast'], '--rate: '],
    [['--dedupe-window', 'long'], '--dedupe-window: '],
    [['--regenerate-key', place], '--regenerate-key: write a place and when'],
    [['--regenerate-key', `${place}@5s`], '--regenerate-key: give the key whose place it takes'],
    [['--write-key', place, '--regenerate-key', `${place}@5s`], 'this is the key that the first'],
    [['--store', 'postgres://me:secret@127.0.0.1/x'], 'no store here: write memory, sqlite:PATH or null'],
    [['--store', 'sqlite:/nowhere/at/all.db'], 'name a file in a folder that can be written to'],
    [['--fault', 'no-auth'], 'squall receive partner'],
    [['--oauth-key', '/nowhere.pem'], '--oauth-key: /nowhere.pem is no public key'],
  ])('%j is one line and exit 2', async (flags, complaint) => {
    const command = new Command('stream')
    defineStream(command)
    const error = await command.parseAsync(flags, { from: 'user' }).then(() => undefined, knownError)
    expect([error?.exitCode, error?.message.includes('\n')]).toEqual([2, false])
    expect(error?.message).toContain(complaint)
    expect(error?.message).not.toMatch(/a-write-key|:secret/)
  })

  test('what there is to choose from stands in the line, exit 2', async () => {
    const { code, stderr } = await squall(['receive', 'stream', '--region', 'asia'])
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^squall: .*--region.*'asia'.*us, eu\..*\n$/)])
  })
})
