import type { Visit } from '../visit.ts'
import type { Hooks } from './fault.ts'

/** The hooks, silent for every visit that the gate does not let in. */
export function gated(hooks: Hooks, gate: (visit: Visit) => boolean): Hooks {
  return {
    ...hooks,
    before: (visit) => (gate(visit) ? hooks.before?.(visit) : undefined),
    record: (record, event, visit) => (hooks.record && gate(visit) ? hooks.record(record, event, visit) : [record]),
    add: (record, visit, store) => (hooks.add && gate(visit) ? hooks.add(record, visit, store) : store(record)),
    answer: (answer, visit, handling) => (hooks.answer && gate(visit) ? hooks.answer(answer, visit, handling) : answer),
  }
}
