import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { corpusText, makeCorpus } from '../../generators/corpus.ts'
import { trafficOf } from '../../generators/message.ts'
import { bundleFile } from '../../src/adapters/k6/bundle-script.ts'
import { systemDigest } from '../../src/adapters/system-world.ts'
import { flawNamesBy } from '../../src/model/flaws.ts'
import { type CallType, NAMESPACE_STRIDE, type Traffic } from '../../src/model/message.ts'
import { DEFAULT_MIX } from '../../src/model/mix.ts'
import type { PhasePlan, Plan } from '../../src/model/plan.ts'
import { type EngineTasks, type EventTask, engineDigests } from '../support/engine-digests.ts'
import { k6Program } from '../support/k6-program.ts'
import { livePhase, testHeader, testPlan } from '../support/plans.ts'
import { streamTestPlan } from '../support/stream-plans.ts'

const EACH = 10_000
/** It computes for some seconds; on a machine that is busy otherwise that may take minutes. */
const PATIENCE_MS = 300_000
/** All kinds of calls of the default mix; deletes are off in it. */
const TYPES: readonly CallType[] = ['identify', 'track', 'page', 'screen', 'group', 'alias']

const folder = mkdtempSync(join(tmpdir(), 'squall-k6-'))
afterAll(() => rmSync(folder, { recursive: true }))

const tasks: EngineTasks = {
  events: [kinds(), history(), replay(), own(), stream(), flawed()],
  schedules: [copies(), batches()],
}

/** What each engine says of each task, by its name; k6 starts once for all of them. */
let said: Readonly<Record<'node' | 'k6', ReadonlyMap<string, readonly string[]>>>
beforeAll(async () => {
  const { digests } = await startedK6(tasks)
  // On another core, while k6 computes.
  const node = engineDigests(tasks, systemDigest)
  said = { node: byTask(node), k6: byTask(await digests) }
}, PATIENCE_MS)

describe('k6 and Node agree to the byte', () => {
  it.each([
    [`${EACH} events of each kind`, ['kinds']],
    ['envelopes, history, namespaces, customers and templates', ['history', 'replay', 'own']],
    ['events as a Stream partner sends them', ['stream']],
    ['every flaw', ['flawed']],
    ['every delivery and what follows from its failures', ['copies', 'batches']],
  ])('on %s', (_, names) => {
    for (const name of names) {
      const expected = said.node.get(name)!
      expect(new Set(expected).size).toBe(expected.length)
      expect(said.k6.get(name)).toEqual(expected)
    }
  })

  it('on all that was asked of both', () => {
    expect([...said.k6.keys()]).toEqual([...tasks.events.map(({ name }) => name), 'copies', 'batches'])
  })
})

/** Each digest begins with the name of its task and a comma. */
function byTask(digests: readonly string[]): Map<string, string[]> {
  return Map.groupBy(digests, (line) => line.slice(0, line.indexOf(',')))
}

async function startedK6(tasks: EngineTasks): Promise<{ digests: Promise<string[]> }> {
  const script = join(folder, 'script.js')
  const given = join(folder, 'tasks.json')
  writeFileSync(script, await bundleFile(fileURLToPath(new URL('../support/k6-digests-entry.ts', import.meta.url))))
  writeFileSync(given, JSON.stringify(tasks))
  const options = ['--quiet', '--no-usage-report', '--summary-mode=disabled', '--log-format=raw', '--log-output=stdout']
  const env = { ...process.env, TASKS: given, GOGC: '400', K6_AUTO_EXTENSION_RESOLUTION: 'false' }
  const run = promisify(execFile)(await k6Program(), ['run', ...options, script], { env })
  return { digests: run.then(({ stdout }) => stdout.trim().split('\n')) }
}

/** From each kind of call the first ten thousand messages, of a mix in which they come soon: a visit that is drawn for one event is dear. */
function kinds(): EventTask {
  const mix = { ...DEFAULT_MIX, 'sign-up': 100, 'mobile-sign-up': 20 }
  const plan = testPlan({
    seed: 7,
    phases: [livePhase(250_000, 2000)],
    traffic: { mix, people: 300, namespaces: 1 },
  })
  const task = eventTask('kinds', plan, 300)
  const indices = firstOfEach(trafficOf(makeCorpus(plan.seed, 300), plan, task.header))
  return { ...task, indices }
}

function firstOfEach(traffic: Traffic): number[] {
  const missing = new Map(TYPES.map((type) => [type, EACH]))
  const taken: number[] = []
  for (let n = 0; missing.size > 0; n++) {
    const type = traffic.typeAt(n)
    const left = missing.get(type)
    if (left === undefined) continue
    taken.push(n)
    if (left === 1) missing.delete(type)
    else missing.set(type, left - 1)
  }
  return taken
}

/** Two years that happened before the run, in three namespaces. */
function history(): EventTask {
  const plan = testPlan({
    seed: 2 ** 32 - 1,
    phases: [livePhase(50_000, 500, { historyMs: 2 * 365 * 86_400_000 })],
    traffic: { mix: DEFAULT_MIX, people: 40, namespaces: 3 },
  })
  const indices = [0, 1, 2].flatMap((namespace) =>
    Array.from({ length: 400 }, (_, i) => namespace * NAMESPACE_STRIDE + i * 123),
  )
  return { ...eventTask('history', plan, 40), indices, envelopes: ['live', 'replay'] }
}

/** The messages of an earlier run, sent again. */
function replay(): EventTask {
  const plan = testPlan({ phases: [livePhase(3000, 500)], traffic: { mix: DEFAULT_MIX, people: 40, namespaces: 1 } })
  const { header, ...task } = eventTask('replay', plan, 40)
  const startedAtMs = Date.UTC(2024, 1, 29, 23, 59, 58, 750)
  const replays = { runId: 'earlier1', startedAtMs, endedAtMs: startedAtMs + 6000, sent: '', acked: '' }
  const indices = Array.from({ length: 1000 }, (_, n) => n)
  return { ...task, header: { ...header, replays }, indices, envelopes: ['replay'] }
}

/** Events of an author's own, of two customers whose ids collide. */
function own(): EventTask {
  const members = {
    seat: { oneOf: ['12A', 'über "1" 🌱', null, { in: ['{{person.city}}'] }], weights: [3, 2, 1, 1] },
    price: { between: '0.50..90.00' },
    said: 'Grüße, {{person.firstName}}: {{product.name}} for {{product.price}} by {{event.date}}',
    amount: '{{product.price}}',
    ids: ['{{person.userId}}', '{{event.uuid}}', '{{order.id}}', '{{person.email}}'],
  }
  const template = { type: 'track', name: 'Séance', client: 'web', user: 'known', weight: 300, members } as const
  const customers = { names: ['a', 'b'], keys: ['a', 'b'], settings: ['{}', '{}'], collide: true }
  const traffic = { mix: DEFAULT_MIX, templates: [template], people: 40, namespaces: 2, customers }
  const indices = [0, 1].flatMap((namespace) =>
    Array.from({ length: 1000 }, (_, n) => namespace * NAMESPACE_STRIDE + n),
  )
  return { ...eventTask('own', testPlan({ phases: [livePhase(3000, 500)], traffic }), 40), indices }
}

/** A phase of unusual events, and one of such as must or may be refused, in both envelopes. */
function flawed(): EventTask {
  const plan = testPlan({
    phases: [
      livePhase(600, 500, { flaws: { names: flawNamesBy('accepted'), share: 0.9 } }),
      livePhase(200, 500, {
        messages: { first: 600, count: 200 },
        flaws: { names: [...flawNamesBy('refused'), ...flawNamesBy('either')], share: 1 },
      }),
    ],
    traffic: { mix: { ...DEFAULT_MIX, erasure: 10 }, people: 40, namespaces: 1 },
  })
  const indices = Array.from({ length: 800 }, (_, n) => n)
  return { ...eventTask('flawed', plan, 40), indices, envelopes: ['live', 'replay'] }
}

function eventTask(name: string, plan: Plan, people: number): EventTask {
  const corpus = corpusText(makeCorpus(plan.seed, people))
  return { name, plan, header: testHeader(plan), corpus, indices: [], envelopes: ['live'] }
}

function stream(): EventTask {
  const plan = streamTestPlan({ seed: 5, phases: [livePhase(4000, 500)] })
  return { ...eventTask('stream', plan, 200), indices: Array.from({ length: 4000 }, (_, n) => n) }
}

/** Ramps, Poisson arrivals, duplicates, races, shuffles, and a phase that sends again what the first one sent. */
function copies(): Plan {
  const first = livePhase(6000, 500, {
    pace: {
      arrivals: 'poisson',
      pieces: [
        { fromMs: 0, toMs: 10_000, fromPerSecond: 0, toPerSecond: 900 },
        { fromMs: 10_000, toMs: 12_000, fromPerSecond: 750, toPerSecond: 750 },
      ],
    },
    copies: { duplicateShare: 0.1, lagMeanMs: 3000, racingShare: 0.05 },
    shuffleMs: 700,
  })
  const again: PhasePlan = {
    ...livePhase(1500, 300, { startMs: 12_000, envelope: 'replay', shuffleMs: 40 }),
    messages: { first: 6000, count: 500 },
    again: { first: 2000, count: 1000 },
  }
  return testPlan({
    scenario: 'copies',
    seed: 99,
    lanes: 16,
    traffic: { mix: DEFAULT_MIX, people: 10, namespaces: 2 },
    phases: [first, again],
  })
}

function batches(): Plan {
  const plan = testPlan({ scenario: 'batches', lanes: 7, phases: [livePhase(10_000, 777)] })
  return {
    ...plan,
    delivery: { ...plan.delivery, batchSize: 9 },
    retry: { ...plan.retry, timeScale: 60, retryAfter: 'honour' },
  }
}
