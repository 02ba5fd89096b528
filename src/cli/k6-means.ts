import { bundleScript } from '../adapters/k6/bundle-script.ts'
import { type K6Program, requireK6 } from '../adapters/k6/k6-program.ts'
import type { TlsMaterial } from '../adapters/tls-material.ts'
import type { Prepared, RunWorld } from '../index.ts'
import { checkK6Can } from './k6-limits.ts'

/** With what k6 plays a run. */
export interface K6Means {
  readonly program: K6Program
  /** What it runs, as one module. */
  readonly script: string
}

/** @throws CliError, K6Missing, BundleError */
export async function k6Means(
  prepared: Prepared,
  credentials: RunWorld['credentials'],
  tls: TlsMaterial,
): Promise<K6Means> {
  checkK6Can(prepared, credentials, tls)
  const program = await requireK6()
  return { program, script: await bundleScript(k6ScriptOf(prepared.plan)) }
}

/** The script of `scenarios/k6` that plays a plan. */
export function k6ScriptOf({ profile }: Prepared['plan']): 'stream' | 'subscription' {
  return profile === 'stream' ? 'stream' : 'subscription'
}
