import type { Passage } from '../adapters/safety/passage.ts'
import { systemDigest } from '../adapters/system-world.ts'
import { type Prepared, peakDeliveriesPerSecond, prepare, type Scenario } from '../index.ts'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'
import { checkSegmentCaps } from './segment-caps.ts'

/** What a consent that nothing proves allows, retries included; and so often Segment wants to hear of a Stream partner. */
const PER_SECOND_MAX = 50
const RUN_MAX_MS = 600_000

/**
 * The run as a passage allows it: where that is capped, with a ceiling that no retry and no catching up breaks.
 * @throws CliError when the run is meant to be faster or longer
 */
export function withinCaps(passage: Passage | undefined, scenario: Scenario | undefined, asked: Prepared): Prepared {
  if (!passage?.capped) return asked
  const { plan } = asked
  const tooMuch = passage.ground === 'segment' ? tooMuchForSegment : tooMuchForConsent
  const peak = peakDeliveriesPerSecond(plan)
  if (peak > PER_SECOND_MAX)
    throw tooMuch(`${PER_SECOND_MAX} requests/s, and this run asks for ${Math.ceil(peak)}`, '--rate')
  if (passage.ground === 'segment') checkSegmentCaps(asked)
  else checkDuration(asked)
  const own = plan.delivery.attemptsPerSecondMax
  if (own > 0 && own <= PER_SECOND_MAX) return asked
  if (scenario === undefined)
    throw tooMuch(`${PER_SECOND_MAX} requests/s, and the earlier run had no such ceiling`, '--rate')
  return prepare({ ...scenario, ceiling: `${PER_SECOND_MAX}/s` }, systemDigest)
}

function checkDuration({ plan, schedule }: Prepared): void {
  const lastMs = schedule.endMs + plan.delivery.drainMs
  if (lastMs > RUN_MAX_MS)
    throw tooMuchForConsent(`10 minutes, and this run may take ${Math.ceil(lastMs / 60_000)}`, '--duration or --drain')
}

function tooMuchForSegment(what: string, flags: string): CliError {
  return new CliError(`Segment's own API gets ${what}: lower ${flags}`, EXIT.refused)
}

function tooMuchForConsent(what: string, flags: string): CliError {
  return new CliError(
    `--i-own allows ${what}: lower ${flags}, or prove that the host is yours ("squall own")`,
    EXIT.refused,
  )
}
