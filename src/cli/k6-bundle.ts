import { isIP } from 'node:net'
import { bundleReadme } from '../adapters/k6/bundle-readme.ts'
import { bundleScript, bundleTool } from '../adapters/k6/bundle-script.ts'
import { pinnedK6 } from '../adapters/k6/k6-program.ts'
import { CORPUS_IN_POD, testRunYaml } from '../adapters/k6/test-run.ts'
import { isSecretReference } from '../adapters/secret.ts'
import { hostOf } from '../adapters/target.ts'
import { headerOf, type Plan, type Prepared, type RunHeader } from '../index.ts'
import type { Assignment } from '../model/assignment.ts'
import { CliError } from './cli-error.ts'
import { environment } from './environment.ts'
import { EXIT } from './exit-codes.ts'
import { k6ScriptOf } from './k6-means.ts'
import type { Reachable } from './reach.ts'

/** A run for several machines. */
export interface K6BundleFacts {
  readonly prepared: Prepared
  readonly target: Reachable
  /** The address that answered. */
  readonly reached: string
  readonly id: string
  readonly runners: number
  readonly startedAtMs: number
}

/** A ConfigMap takes so much, and the bundle is one. */
const CONFIG_MAP_BYTES = 1024 * 1024

/** The files of a bundle, by name. No secret stands in them. @throws CliError, BundleError */
export async function k6Bundle(facts: K6BundleFacts): Promise<Readonly<Record<string, string>>> {
  const { prepared, target, id, runners, startedAtMs } = facts
  const { seed, traffic, scenario } = prepared.plan
  const credentials = placesOf(prepared)
  const k6Version = await pinnedK6()
  const secrets = namesIn(credentials)
  const name = `squall-${id}`
  const script = k6ScriptOf(prepared.plan)
  const header = headerFor(facts, k6Version)
  const mounted = {
    [`${script}.js`]: await bundleScript(script),
    'make-corpus.mjs': await bundleTool('make-corpus'),
    'assignment.json': `${JSON.stringify(assignmentOf(facts, header, credentials))}\n`,
  }
  checkSize(mounted)
  const common = { name, script: `${script}.js`, runners, seed, people: traffic.people, secrets }
  const startsAt = new Date(startedAtMs).toISOString()
  const { planHash } = prepared
  return {
    ...mounted,
    'test-run.yaml': testRunYaml({ ...common, k6Version }),
    'README.md': bundleReadme({ ...common, scenario, target: target.url.href, startsAt, planHash }),
  }
}

function headerFor({ prepared, target, id, startedAtMs }: K6BundleFacts, k6Version: string): RunHeader {
  return headerOf(prepared, {
    id,
    target: { url: target.url.href },
    engine: { name: 'k6', version: k6Version },
    environment: environment(),
    startedAtMs,
  })
}

function assignmentOf(
  { prepared, target, reached, runners }: K6BundleFacts,
  header: RunHeader,
  credentials: Assignment['credentials'],
): Assignment {
  const host = hostOf(target.url)
  return {
    plan: prepared.plan,
    header,
    runners,
    corpus: CORPUS_IN_POD,
    credentials,
    secretsIn: 'environment',
    leavesFailing: target.passage.ground !== 'loopback',
    // The name leads where it was checked, whatever a runner's DNS says.
    hosts: isIP(host) === 0 ? { [host]: reached } : {},
  }
}

/** The places of secrets. Only the environment reaches other machines. @throws CliError */
export function placesOf({ plan, access }: Prepared): Assignment['credentials'] {
  const { apiKey, writeKey, expiredKey, sharedSecret, ca, cert, key } = access
  const local = [ca, cert, key].find((path) => path !== undefined)
  if (local !== undefined) throw refused(`${local} is a file of this machine`, 'k6 there trusts what its image trusts')
  for (const place of [
    apiKey,
    ...(plan.traffic.customers?.keys ?? []),
    writeKey,
    expiredKey,
    sharedSecret,
    ...placesInHeaders(plan),
  ]) {
    if (place?.startsWith('file:')) throw refused(`${place} is a file of this machine`, 'name a variable: env:NAME')
  }
  return {
    apiKey: apiKey ?? 'squall',
    headers: plan.delivery.headers,
    ...(plan.traffic.customers && { apiKeys: plan.traffic.customers.keys }),
    ...(writeKey !== undefined && { writeKey }),
    ...(expiredKey !== undefined && { expiredKey }),
    ...(sharedSecret !== undefined && { sharedSecret }),
  }
}

function refused(what: string, mend: string): CliError {
  return new CliError(`${what}, and runners are elsewhere: ${mend}`, EXIT.usage)
}

function placesInHeaders({ delivery: { headers } }: Plan): string[] {
  return headers.filter((text, i) => i % 2 === 1 && isSecretReference(text))
}

function namesIn({
  apiKey,
  apiKeys = [],
  headers,
  writeKey = '',
  expiredKey = '',
  sharedSecret = '',
}: Assignment['credentials']): string[] {
  const places = [apiKey, ...apiKeys, writeKey, expiredKey, sharedSecret, ...headers.filter((_, i) => i % 2 === 1)]
  return [...new Set(places.flatMap((text) => /^env:(.+)$/.exec(text)?.[1] ?? []))]
}

function checkSize(mounted: Readonly<Record<string, string>>): void {
  const bytes = Object.values(mounted).reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  if (bytes <= CONFIG_MAP_BYTES) return
  throw new CliError(
    `the bundle has ${bytes} bytes and a ConfigMap takes ${CONFIG_MAP_BYTES}: leave phases or headers out`,
    EXIT.usage,
  )
}
