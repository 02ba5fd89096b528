import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { type PartnerProcess, spawnPartner } from '../../src/adapters/endpoints/partner-process.ts'
import { exchange, linesOf } from '../support/exchange.ts'
import { eventOf } from '../support/partner-traffic.ts'

const cli = fileURLToPath(new URL('../support/partner-entry.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'squall-process-'))
const running: PartnerProcess[] = []

async function spawned(store: string, faults: readonly string[] = [], port = 0): Promise<PartnerProcess> {
  const partner = await spawnPartner({ cli, port, store: `sqlite:${join(folder, store)}`, faults, seed: 1 })
  running.push(partner)
  return partner
}

afterEach(async () => {
  for (const partner of running.splice(0)) await partner.stop()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Posts to the partner without pause until `count` are acknowledged, then kills it amid the rest. @returns the ids acknowledged */
async function ackedUntilKilled(partner: PartnerProcess, count: number): Promise<string[]> {
  const agent = new Agent({ keepAlive: true })
  const acked: string[] = []
  let killed: Promise<void> | undefined
  const sender = async (lane: number): Promise<void> => {
    for (let i = 0; killed === undefined; i++) {
      const messageId = `m${lane}-${i}`
      const body = JSON.stringify(eventOf({ messageId }))
      const reply = await exchange(partner.url, { method: 'POST', body, agent }).catch(() => undefined)
      if (reply?.status === 200) acked.push(messageId)
      if (acked.length >= count) killed ??= partner.kill('SIGKILL')
    }
  }
  await Promise.all(Array.from({ length: 8 }, (_, lane) => sender(lane)))
  await killed
  agent.destroy()
  return acked
}

async function lostAfterKill(store: string, faults: readonly string[]): Promise<number> {
  const first = await spawned(store, faults)
  const acked = await ackedUntilKilled(first, 300)
  const second = await spawned(store, [], Number(new URL(first.url).port))
  const kept = new Set((await linesOf(second.url, 'receipts')).map(({ messageId }) => messageId))
  return acked.filter((messageId) => !kept.has(messageId)).length
}

describe('a partner in a process of its own', () => {
  test('loses nothing that it acknowledged when it is killed', async () => {
    expect(await lostAfterKill('sound.db', [])).toBe(0)
  })

  test('loses something when it acknowledges before it stores', async () => {
    expect(await lostAfterKill('acks.db', ['acks-before-persist'])).toBeGreaterThan(0)
  })

  test('stores what it holds back when it is asked to stop', async () => {
    const first = await spawned('term.db', ['acks-before-persist'])
    await exchange(first.url, { method: 'POST', body: JSON.stringify(eventOf()) })
    await first.stop()
    const second = await spawned('term.db')
    expect(await linesOf(second.url, 'receipts')).toHaveLength(1)
  })

  test('loses what it keeps in memory when it is asked to stop, if that is how it is broken', async () => {
    const first = await spawned('memory.db', ['loses-on-restart'])
    expect((await exchange(first.url, { method: 'POST', body: JSON.stringify(eventOf()) })).status).toBe(200)
    await first.stop()
    const second = await spawned('memory.db')
    expect(await linesOf(second.url, 'receipts')).toEqual([])
  })

  test('may be stopped again when it has ended', async () => {
    const partner = await spawned('twice.db')
    await partner.stop()
    await partner.stop()
    await expect(exchange(partner.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  test('says why it did not start', async () => {
    await expect(spawned('never.db', ['earthquake'])).rejects.toMatchObject({
      name: 'PartnerError',
      message: expect.stringContaining('there is no fault "earthquake"'),
    })
  })
})

test('a partner ends when the process that spawned it is gone', async () => {
  const child = spawn(process.execPath, [cli, 'receive', 'partner'], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  await once(child.stdout!, 'data')
  const ended = once(child, 'exit')
  child.disconnect()
  expect(await ended).toEqual([0, null])
})
