import { parseArgs } from 'node:util'
import { servePartner } from '../../src/adapters/endpoints/serve-partner.ts'

/** Stands in for the command line where a test wants a partner in a process of its own. */
const { values } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string', default: '0' },
    store: { type: 'string', default: 'memory' },
    seed: { type: 'string', default: '1' },
    fault: { type: 'string', multiple: true, default: [] },
  },
})

await servePartner({
  port: Number(values.port),
  store: values.store,
  seed: Number(values.seed),
  faults: values.fault,
})
