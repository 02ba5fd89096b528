import type { SuiteStep } from '../../experiments/prove.ts'
import { type ScenarioOverrides, withOverrides } from '../../index.ts'
import { ReceiptsUnreadable } from '../../model/receipt.ts'
import { makeReady, type Ready } from '../ready.ts'
import { secondCustomer } from './play-suite.ts'
import type { Suite } from './suite.ts'

/**
 * All that can be wrong with what its user gave is found before anything is sent: places of secrets, the target, and the stores, each of which is
 * read once, as far as its first records.
 *
 * @returns a line for each store that cannot be read now. That alone stops nothing: what rests on it is unknown unless it can be read later.
 * @throws CliError, ScenarioError
 */
export async function checkSuite(suite: Suite): Promise<string[]> {
  const { idField, iOwn } = suite.flags
  const unread: string[] = []
  for (const step of differing(suite.plan.steps)) {
    const scenario = withOverrides(step.scenario, ownOf(suite, step))
    const ready = await makeReady({ scenario, idField, iOwn })
    ready.tokens?.close()
    unread.push(...(await unreadable(ready)))
  }
  return [...new Set(unread)].map((reason) => `${reason}; until that is mended, what needs it stays unknown`)
}

/** Those among which everything is that was given: the first, and those that show keys of their own. */
function differing(steps: readonly SuiteStep[]): SuiteStep[] {
  const played = steps.filter(({ experiment: { replays, ownPartner } }) => replays === undefined && !ownPartner)
  return played.filter(
    ({ experiment: { asSecondCustomer, needs } }, i) => i === 0 || asSecondCustomer || needs.includes('expired-key'),
  )
}

function ownOf(suite: Suite, { experiment }: SuiteStep): ScenarioOverrides {
  const { restart, outbox } = suite.flags
  return experiment.asSecondCustomer ? secondCustomer(suite, {}) : { restart, outbox }
}

async function unreadable({ receipts, state, outbox }: Ready): Promise<string[]> {
  const reasons: string[] = []
  for (const source of [receipts, state, outbox]) {
    try {
      for await (const _ of source?.read() ?? []) break
    } catch (error) {
      if (!(error instanceof ReceiptsUnreadable)) throw error
      reasons.push(error.message)
    }
  }
  return reasons
}
