import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { k6FolderPath, NAMES, noteProcesses } from '../../src/adapters/k6/k6-folder.ts'
import { ledgerFolder, ledgerPath } from '../../src/adapters/ledger-file.ts'
import { openRunParts } from '../../src/cli/run-parts.ts'
import { readied, rehearsal } from '../support/rehearsals.ts'
import { ledgerOfShare, linesOfShare, splitLedger } from '../support/split-ledger.ts'

const traffic = readied({ settle: '1s', phases: [{ name: 'live', rate: '100/s', duration: '1s' }] })
const [ledger] = (await rehearsal(traffic, 1)).record.files
const [killed, other] = splitLedger(ledger!(), 2)

let folder: string
let killedRun: string
let otherPart: string

/** A run by k6 whose squall was killed when half of what k6 printed was in its ledger, and the part of another process. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'squall-parts-'))
  killedRun = join(folder, 'killed')
  otherPart = join(folder, 'other.log')
  const k6 = k6FolderPath(killedRun)
  for (const path of [ledgerFolder(killedRun), k6]) mkdirSync(path, { recursive: true })
  const half = killed!.observations.slice(0, killed!.observations.length / 2)
  writeFileSync(ledgerPath(killedRun, 'k6-0'), ledgerOfShare({ ...killed!, observations: half }))
  writeFileSync(join(k6, NAMES.lines), linesOfShare(killed!))
  writeFileSync(otherPart, linesOfShare(other!))
})
afterEach(() => rmSync(folder, { recursive: true }))

function merged(): Uint8Array[] {
  const into = join(folder, 'merged')
  mkdirSync(ledgerFolder(into), { recursive: true })
  openRunParts([killedRun, otherPart]).copyInto(into)
  return ['part-0001', 'part-0002'].map((name) => new Uint8Array(readFileSync(ledgerPath(into, name))))
}

describe('the folder of a run by k6 that was killed, as a part of a run', () => {
  test('counts for all that its k6 has printed, not for what squall had taken down', () => {
    expect(merged()).toEqual([killed!, other!].map((share) => new Uint8Array(ledgerOfShare(share))))
    expect(existsSync(k6FolderPath(killedRun))).toBe(false)
  })

  test('counts for its ledger where k6 had printed nothing yet', () => {
    const before = new Uint8Array(readFileSync(ledgerPath(killedRun, 'k6-0')))
    writeFileSync(join(k6FolderPath(killedRun), NAMES.lines), '')
    expect(merged()[0]).toEqual(before)
  })

  test('is left as it is while its squall is at work', () => {
    const before = new Uint8Array(readFileSync(ledgerPath(killedRun, 'k6-0')))
    noteAtWork()
    expect(merged()[0]).toEqual(before)
    expect(existsSync(k6FolderPath(killedRun))).toBe(true)
  })
})

/** This process passes for the squall of the run. */
function noteAtWork(): void {
  const path = k6FolderPath(killedRun)
  noteProcesses({ path, assignment: '', lines: '', ca: undefined }, { squall: process.pid, k6: process.pid })
}
