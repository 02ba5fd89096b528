import { realAddressIn } from '../index.ts'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'

/**
 * The last look at events before they leave: passes each on, and stops at the first that has an address which could be somebody's.
 * @throws CliError
 */
export function* nobodyReal(events: Iterable<Uint8Array>): Generator<Uint8Array, void, undefined> {
  let number = 0
  for (const bytes of events) {
    number++
    const address = realAddressIn(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'))
    if (address !== undefined) {
      const cure = 'use example.com, 192.0.2.0/24 or a number such as +1-212-555-0100 instead'
      throw new CliError(
        `event ${number}: ${JSON.stringify(address)} could be somebody's address; ${cure}`,
        EXIT.refused,
      )
    }
    yield bytes
  }
}
