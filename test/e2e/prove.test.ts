import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { startPartner } from '../../src/adapters/endpoints/partner-server.ts'
import type { Readiness } from '../../src/model/readiness.ts'
import { squall } from '../support/run-program.ts'
import { obeyed } from '../support/staying-squall.ts'
import { tcpServer } from '../support/tcp-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'squall-prove-'))

afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('squall prove', () => {
  test('plays what it is asked to, each with a ledger of its own, and ends in a document', {
    timeout: 120_000,
  }, async () => {
    const out = join(folder, 'suite')
    const args = ['prove', '--only', 'lost-answers,customers,malformed', '--rate', '30/s', '--out', out, '--quiet']
    const { stdout, stderr, code } = await squall([...args, '--json', '--settle', '2s'])
    expect(stderr).toBe('')
    const readiness = JSON.parse(stdout) as Readiness
    expect(readiness).toEqual(JSON.parse(readFileSync(join(out, 'readiness.json'), 'utf8')))
    expect(readiness.experiments.map(({ id, trouble, run }) => [id, trouble, run?.engine])).toEqual([
      ['lost-answers', '', 'node'],
      ['malformed', '', 'node'],
      ['customers', '', 'node'],
    ])
    const answers = new Map(readiness.conditions.map(({ id, answer }) => [id, answer]))
    expect(answers.get('refuses-invalid')).toBe('yes')
    expect(answers.get('customers-apart')).toBe('yes')
    expect(answers.get('order-free')).toBe('unknown')
    expect(readiness.experiments.flatMap(({ verdicts }) => verdicts.filter(({ status }) => status !== 'pass'))).toEqual(
      [],
    )
    expect(code).toBe(0)
    for (const { id } of readiness.experiments)
      expect(readFileSync(join(out, id, 'ledger', 'node-0.sq'))).not.toHaveLength(0)
    expect(readFileSync(join(out, 'readiness.html'), 'utf8')).toContain('Not shown yet')
    const experiment = JSON.parse(readFileSync(join(out, 'experiment.json'), 'utf8'))
    expect(experiment.runs.map(({ run }: { run: string }) => run)).toEqual(
      readiness.experiments.map(({ run }) => run?.id),
    )
  })

  test('says what it would send, and sends nothing', async () => {
    const server = await tcpServer((socket) => socket.end())
    const { stdout, code } = await obeyed(['prove', '--plan', '--json', '--target', server.url])
    await server.close()
    const plan = JSON.parse(stdout)
    expect(code).toBe(0)
    expect(server.received).toEqual([])
    expect(plan.seconds).toBeLessThan(180)
    expect(plan.experiments.length).toBeGreaterThan(5)
    expect(plan.notTested).toContainEqual(expect.objectContaining({ id: 'restart' }))
  })

  test('asks what the flags make it possible to ask, and says where they are wrong', async () => {
    const file = join(folder, 'expect.yaml')
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, 'expect: [{event: Order Completed, pointer: /properties/total, receipts: orderTotal}]\n')
    const target = ['prove', '--plan', '--json', '--target', 'http://127.0.0.1:1/']
    const given = ['--outbox', 'http://127.0.0.1:1/outbox', '--expect', file, '--receipts', 'http://127.0.0.1:1/r']
    const { stdout } = await obeyed([...target, ...given, '--api-key', 'env:KEY', '--expired-key', 'env:OLD_KEY'])
    const { experiments, notTested } = JSON.parse(stdout)
    const asked = (id: string) => experiments.find((one: { id: string }) => one.id === id).scenario
    expect(asked('steady')).toMatchObject({ expect: [{ receipts: 'orderTotal' }] })
    expect(asked('replay-burst')).toMatchObject({ outbox: 'http://127.0.0.1:1/outbox', skip: {} })
    expect(asked('duplicates').outbox).toBeUndefined()
    expect(asked('expired-key').expiredKey).toBe('env:OLD_KEY')
    expect(notTested.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(['https', 'key-expiry']))
    writeFileSync(file, 'expect:\n  - {event: Order Completed, pointer: total, receipts: orderTotal}\n')
    const wrong = await obeyed([...target, '--expect', file])
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('expect.yaml:2:')])
    writeFileSync(file, 'seed: 2\n')
    expect((await obeyed([...target, '--expect', file])).stderr).toContain('it expects nothing')
  })

  test('names a store that cannot be read at once, goes on, and claims nothing of it', async () => {
    const partner = await startPartner({ port: 0, store: 'memory', faults: [], seed: 1, apiKeys: [] })
    onTestFinished(() => partner.close())
    const nowhere = join(folder, 'none.db')
    const asked = ['prove', '--only', 'malformed', '--rate', '30/s', '--settle', '1s', '--out', join(folder, 'unread')]
    const from = ['--target', partner.url, '--receipts', `sqlite:${nowhere}?query=SELECT 1`]
    const { stdout, stderr, code } = await obeyed([...asked, ...from, '--quiet', '--json'])
    expect(stderr).toBe(
      `squall: sqlite:${nowhere}: there is no such file; until that is mended, what needs it stays unknown\n`,
    )
    const { conditions } = JSON.parse(stdout) as Readiness
    expect(conditions.find(({ id }) => id === 'nothing-lost')).toMatchObject({ answer: 'unknown' })
    expect(conditions.filter(({ answer }) => answer === 'yes')).toEqual([])
    expect(code).toBe(3)
  })

  test('says in one line what is wrong before anything is sent', async () => {
    const wrong = await obeyed(['prove', '--only', 'outrage'])
    expect([wrong.code, wrong.stderr.split('\n').length]).toEqual([2, 2])
    const nobody = await obeyed(['prove', '--only', 'steady', '--target', 'http://127.0.0.1:1/', '--out', folder])
    expect(nobody.code).toBe(5)
  })
})
