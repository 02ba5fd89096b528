import { extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildFailure, type BuildOptions, build, type Plugin } from 'esbuild'

/** A script for k6 that cannot be made, in one line: where, and what is wrong. */
export class BundleError extends Error {
  override readonly name = 'BundleError'
}

/** What stands above `src` and `scenarios`: the clone, or `dist` where the program was compiled. */
const TOP = fileURLToPath(new URL('../../..', import.meta.url))
const EXTENSION = extname(import.meta.url)

/**
 * In k6's engine a text is far cheaper than its bytes. So events are texts there: these modules, which alone know what an event
 * is made of, give way to their twins in `scenarios/k6/text`.
 */
const TWINS: ReadonlyMap<string, string> = new Map(
  ['generators/byte-writer', 'generators/utf8', 'src/delivery/json-array', 'src/delivery/json-object'].map((name) => [
    inTop(name),
    inTop(`scenarios/k6/text/${name.slice(name.lastIndexOf('/') + 1)}`),
  ]),
)

/**
 * One of the entries of `scenarios/k6` with all that it imports as a single module, which k6 runs as it stands. The same sources give the
 * same text.
 *
 * @param entry such as `subscription`
 * @throws BundleError
 */
export function bundleScript(entry: string): Promise<string> {
  return bundleFile(inTop(`scenarios/k6/${entry}`))
}

/**
 * An entry of `scenarios/k6` that Node runs, not k6, as a single small module.
 *
 * @throws BundleError
 */
export async function bundleTool(entry: string): Promise<string> {
  return built({ entryPoints: [inTop(`scenarios/k6/${entry}`)], platform: 'node', target: 'node20', minify: true })
}

/** @param path of an entry anywhere */
export function bundleFile(path: string): Promise<string> {
  return built({
    entryPoints: [path],
    platform: 'neutral',
    external: ['k6', 'k6/*'],
    // What k6 2.2 parses: the classes of 2022 whole, but nothing asynchronous that loops.
    target: 'es2022',
    supported: { 'async-generator': false, 'for-await': false },
    plugins: [twins],
  })
}

async function built(options: BuildOptions): Promise<string> {
  try {
    const { outputFiles } = await build({
      ...options,
      absWorkingDir: TOP,
      bundle: true,
      write: false,
      format: 'esm',
      charset: 'utf8',
      tsconfigRaw: {},
      logLevel: 'silent',
    })
    return outputFiles[0]!.text
  } catch (error) {
    throw new BundleError(`the script for k6 cannot be made: ${firstComplaint(error as BuildFailure)}`)
  }
}

const twins: Plugin = {
  name: 'twins',
  setup(bundle) {
    bundle.onResolve({ filter: /\.[jt]s$/ }, ({ path, resolveDir }) => {
      const twin = TWINS.get(resolve(resolveDir, path))
      return twin === undefined ? undefined : { path: twin }
    })
  },
}

/** esbuild's first message with its place; other errors as they speak. */
function firstComplaint({ errors, message }: BuildFailure): string {
  const first = errors?.[0]
  if (first === undefined) return message.split('\n')[0]!
  const { location, text } = first
  return location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text
}

function inTop(name: string): string {
  return join(TOP, name + EXTENSION)
}
