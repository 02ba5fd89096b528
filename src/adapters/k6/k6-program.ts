import { existsSync } from 'node:fs'

/** A k6 that squall can run. */
export interface K6Program {
  readonly path: string
  /** How it was come by, such as `$K6_BIN`. */
  readonly from: string
  /** Such as `2.2.0`. */
  readonly version: string
}

export interface K6Search {
  readonly found?: K6Program
  /** On the way, and of a version that will not do; null: it says none, or does not run. */
  readonly passedOver: readonly (Omit<K6Program, 'version'> & { readonly version: string | null })[]
  /** What is wrong with `$K6_BIN`: then no other is looked for. */
  readonly wrong?: string
}

interface SetupOptions {
  readonly env?: NodeJS.ProcessEnv
  /** Told when something is set up, since that takes a while. */
  readonly say?: (text: string) => void
  /** How long a server of releases may say nothing. */
  readonly stallMs?: number
  readonly platform?: string
  readonly arch?: string
}

/** What set-up has of it, which runs before anything can be compiled. */
interface SetupScripts {
  readonly SUPPORTED: string
  searchK6(env?: NodeJS.ProcessEnv): Promise<K6Search>
  pinnedVersion(): string
  provideK6(options: SetupOptions): Promise<{ readonly k6?: K6Program; readonly trouble?: string }>
}

/** There is no k6 to run, or none can be had. */
export class K6Missing extends Error {
  override readonly name = 'K6Missing'
}

const FIND = 'find.mjs'
const BUILD = 'build.mjs'
const INSTALL = 'install.mjs'

/** In this order: `$K6_BIN`, PATH, squall's own cache. */
export async function searchK6(): Promise<K6Search> {
  return (await script(FIND)).searchK6()
}

/** The versions that squall runs, in words. */
export async function supportedK6(): Promise<string> {
  return (await script(FIND)).SUPPORTED
}

/** The version that squall sets up, such as `2.2.0`. */
export async function pinnedK6(): Promise<string> {
  return (await script(BUILD)).pinnedVersion()
}

/** The k6 to run. @throws K6Missing */
export async function requireK6(): Promise<K6Program> {
  const { found, wrong, passedOver } = await searchK6()
  if (found) return found
  if (wrong !== undefined) throw new K6Missing(wrong)
  const others = passedOver.map(({ path, version }) => ` (${path} is ${version ?? 'no k6 that runs'})`).join('')
  throw new K6Missing(
    `no k6 of version ${await supportedK6()} is there${others}: squall k6 install sets one up, or name one in $K6_BIN`,
  )
}

/** The k6 to run, set up if there is none. @throws K6Missing */
export async function provideK6(options: SetupOptions): Promise<K6Program> {
  const { k6, trouble } = await (await script(INSTALL)).provideK6(options)
  if (k6 === undefined) throw new K6Missing(trouble)
  return k6
}

/** The compiled program stands one folder deeper than its source. */
function script(name: string): Promise<SetupScripts> {
  const nearer = new URL(`../../../scripts/k6/${name}`, import.meta.url)
  const url = existsSync(nearer) ? nearer : new URL(`../../../../scripts/k6/${name}`, import.meta.url)
  return import(url.href)
}
