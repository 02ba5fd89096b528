import type { BitSet } from '../model/bit-set.ts'
import type { Traffic } from '../model/message.ts'
import { indexAt } from '../model/ordinal.ts'
import type { Plan } from '../model/plan.ts'
import { utf8Text } from './utf8-text.ts'

/** Messages by their place, and their events as JSON: all that are in `set` and not in `without`, or so many of them, evenly spaced. */
export function* spacedEvents(
  { plan, traffic }: { readonly plan: Plan; readonly traffic: Traffic },
  set: BitSet,
  without: BitSet,
  limit: number,
): Generator<readonly [index: number, text: string]> {
  for (const ordinal of spacedMembers(set, without, limit)) {
    const index = indexAt(plan, ordinal)
    yield [index, utf8Text(traffic.lentAt(index, 'live').bytes)]
  }
}

function* spacedMembers(set: BitSet, without: BitSet, limit: number): Generator<number> {
  const share = limit / set.countWithout(without)
  let seen = 0
  for (let n = 0; n < set.size; n++) {
    if (!set.has(n) || without.has(n)) continue
    if (Math.floor(seen * share) !== Math.floor((seen - 1) * share)) yield n
    seen++
  }
}
