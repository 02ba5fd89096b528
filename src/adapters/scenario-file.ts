import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
import { nearest } from '../model/nearest.ts'
import { ScenarioError } from '../model/scenario-error.ts'

const BYTES_MAX = 1_000_000
/** Aliases let a small file unfold into a huge one. */
const ALIASES_MAX = 20

/**
 * Reads a scenario: a preset by its name, or a YAML file by its path.
 *
 * @param parse makes a scenario of the file's value; what it throws is said with the file, line and column
 * @throws ScenarioError in one line
 */
export async function loadScenario<T>(
  nameOrPath: string,
  parse: (value: unknown) => T,
): Promise<{ scenario: T; source: string }> {
  const source = isPath(nameOrPath) ? nameOrPath : presetPath(nameOrPath)
  return { scenario: parseYaml(readScenario(source), source, parse), source }
}

/** The scenarios that come with squall, in alphabetical order. */
export function presetNames(): string[] {
  const files = readdirSync(presetFolder()).filter((file) => file.endsWith('.yaml'))
  return files.map((file) => file.slice(0, -'.yaml'.length)).sort()
}

function isPath(nameOrPath: string): boolean {
  return /[\\/]|\.ya?ml$/.test(nameOrPath)
}

function presetPath(name: string): string {
  const presets = presetNames()
  if (presets.includes(name)) return join(presetFolder(), `${name}.yaml`)
  const meant = nearest(name, presets)
  const cure = meant ? `did you mean "${meant}"?` : `there are ${presets.join(', ')}`
  throw new ScenarioError([], `there is no scenario "${name}"; ${cure} (a file's name ends in .yaml)`)
}

/** `scenarios` in the package's own folder: two levels above the sources, three above the built files. */
function presetFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder)
  return join(folder, 'scenarios')
}

function readScenario(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) throw new ScenarioError([], `${path}: there is no such file; presets are ${presetNames().join(', ')}`)
  if (!stats.isFile()) throw new ScenarioError([], `${path}: this is no file; give the path of a YAML file`)
  if (stats.size > BYTES_MAX)
    throw new ScenarioError([], `${path}: a scenario has at most 1 MB, this is ${stats.size} bytes`)
  return readFileSync(path, 'utf8')
}

function parseYaml<T>(text: string, source: string, parse: (value: unknown) => T): T {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [flaw] = [...document.errors, ...document.warnings]
  if (flaw) throw new ScenarioError([], `${placeOf(source, lines, flaw.pos[0])}: ${flaw.message.split('\n')[0]}`)
  try {
    return parse(document.toJS({ maxAliasCount: ALIASES_MAX }))
  } catch (error) {
    if (error instanceof ScenarioError)
      throw new ScenarioError([], `${placeOf(source, lines, offsetOf(document, error.path))}: ${error.message}`)
    // What `toJS` itself refuses: too many aliases, or one of nothing.
    if (error instanceof ReferenceError)
      throw new ScenarioError([], `${source}: ${error.message}; write values out instead of using aliases`)
    throw error
  }
}

function placeOf(source: string, lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset)
  return `${source}:${line}:${col}`
}

/** Where the field stands, or else what it would stand in. */
function offsetOf(document: Document.Parsed, path: readonly (string | number)[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return document.contents?.range?.[0] ?? 0
}
