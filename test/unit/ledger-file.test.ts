import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  ledgerChunks,
  ledgerFiles,
  ledgerFolder,
  ledgerPath,
  nextAuditFile,
  openLedgerSink,
} from '../../src/adapters/ledger-file.ts'

let run: string

beforeEach(() => {
  run = mkdtempSync(join(tmpdir(), 'squall-ledger-'))
  mkdirSync(ledgerFolder(run))
})

afterEach(() => rmSync(run, { recursive: true }))

test('bytes are in the file as soon as they are written, and come back in chunks', () => {
  const path = ledgerPath(run, 'w0')
  const sink = openLedgerSink(path)
  const bytes = Uint8Array.from({ length: 3_000_000 }, (_, i) => i % 251)
  sink.write(bytes.subarray(0, 10))
  expect(readFileSync(path)).toHaveLength(10)
  sink.write(bytes.subarray(10))
  sink.close()
  const sizes: number[] = []
  let at = 0
  for (const chunk of ledgerChunks(path)) {
    expect(chunk.every((byte, i) => byte === bytes[at + i])).toBe(true)
    at += chunk.length
    sizes.push(chunk.length)
  }
  expect(sizes).toEqual([1_048_576, 1_048_576, 902_848])
})

test('an existing ledger is never written over', () => {
  const path = ledgerPath(run, 'w0')
  writeFileSync(path, 'evidence')
  expect(() => openLedgerSink(path)).toThrow('EEXIST')
  expect(readFileSync(path, 'utf8')).toBe('evidence')
})

test('audits are numbered on, and ten come after nine', () => {
  for (let n = 1; n <= 10; n++) {
    const { path, ordinal } = nextAuditFile(run)
    expect(ordinal).toBe(n)
    openLedgerSink(path).close()
  }
  openLedgerSink(ledgerPath(run, 'w0')).close()
  writeFileSync(join(ledgerFolder(run), 'notes.txt'), '')
  const names = ledgerFiles(run).map((path) => basename(path))
  expect(names).toHaveLength(11)
  expect(names.slice(8)).toEqual(['audit-0009.sq', 'audit-0010.sq', 'w0.sq'])
})

test('a folder without a ledger has no ledger files', () => {
  expect(ledgerFiles(join(run, 'elsewhere'))).toEqual([])
})
