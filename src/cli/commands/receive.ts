import type { Command } from 'commander'
import { gathered, wholeNumber } from '../flags.ts'

interface PartnerFlags {
  readonly port: string
  readonly host: string
  readonly store: string
  readonly fault: readonly string[]
  readonly seed: string
}

const PARTNER_HELP = `
Prints one JSON line with its URL when it is ready; stops at Ctrl-C or SIGTERM after draining.
What it holds: GET /receipts (one stored event a line), GET /state (one user a line).

Examples:
  squall receive partner --port 8080 --store sqlite:events.db
  squall receive partner --fault 'status:503@10s-20s' --fault 'loses(1e-3)'`

export function define(command: Command): void {
  command
    .command('partner')
    .description('an endpoint for events, as a partner would build it')
    .option('--port <n>', 'where it listens; 0: any free port', '0')
    .option('--host <address>', 'on which address', '127.0.0.1')
    .option('--store <store>', 'memory, or sqlite:PATH', 'memory')
    .option('--fault <fault>', 'something it does wrong, such as "status:503 2%"; may be given again', gathered, [])
    .option('--seed <n>', 'where the chance of faults begins', '1')
    .addHelpText('after', PARTNER_HELP)
    .action(receivePartner)
}

async function receivePartner({ port, host, store, fault, seed }: PartnerFlags): Promise<void> {
  const { servePartner } = await import('../../adapters/endpoints/serve-partner.ts')
  await servePartner({
    port: wholeNumber('--port', port, 0, 65_535),
    host,
    store,
    faults: fault,
    seed: wholeNumber('--seed', seed, 0, 2 ** 32 - 1),
  })
}
