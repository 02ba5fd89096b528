import { expect, it } from 'vitest'
import { loadScenario, presetNames } from '../../src/adapters/scenario-file.ts'
import { systemDigest } from '../../src/adapters/system-world.ts'
import { rehearse } from '../../src/experiments/rehearse.ts'
import { prepare } from '../../src/run.ts'
import { withOverrides } from '../../src/scenario/overrides.ts'
import { parseScenario } from '../../src/scenario/parse.ts'

const start = {
  id: 'rehearsed',
  startedAtMs: Date.UTC(2026, 0, 1),
  environment: { squall: 'test', runtime: 'test', platform: 'test', cpus: 1, memoryMb: 1 },
}

it.each(presetNames())('%s, rehearsed against the partner that it brings along, ends well', async (name) => {
  const { scenario } = await loadScenario(name, parseScenario)
  // A Stream's batches hold so many events that a few of them do.
  const played = scenario.profile === 'stream' ? withOverrides(scenario, { duration: '3s' }) : scenario
  const prepared = prepare(played, systemDigest)
  const { faults } = prepared.partner
  const { report } = await rehearse(prepared, { digest: systemDigest, start, faults, seed: prepared.plan.seed })
  expect(report.verdicts.filter(({ status }) => status !== 'pass')).toEqual([])
  expect(report.run.exitCode).toBe(0)
})
