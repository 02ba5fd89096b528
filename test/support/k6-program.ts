import { requireK6 } from '../../src/adapters/k6/k6-program.ts'

/** The path of the k6 that set-up has given in `$K6_BIN`, or that squall finds by itself. Without one the test fails, and says why. */
export async function k6Program(): Promise<string> {
  return (await requireK6()).path
}
