import { loadScenario } from '../../adapters/scenario-file.ts'
import { parseScenario, type Scenario } from '../../index.ts'
import { ScenarioError } from '../../model/scenario-error.ts'

/** Stands in for what a file leaves out that holds expectations and nothing else. */
const REST = { name: 'expectations', phases: [{ name: 'live', rate: '1/s', duration: '1s' }] }

/** What a scenario's file expects of its events; all else in it is left out. @throws ScenarioError with file and line */
export async function readExpectations(path: string): Promise<Scenario['expect']> {
  const { scenario } = await loadScenario(path, (value) => {
    const read = parseScenario(typeof value === 'object' && !Array.isArray(value) ? { ...REST, ...value } : value)
    if (read.expect === undefined) throw new ScenarioError([], COMPLAINT)
    return read
  })
  return scenario.expect
}

const COMPLAINT =
  'it expects nothing; write expect: [{event: Order Completed, pointer: /properties/total, receipts: orderTotal}]'
