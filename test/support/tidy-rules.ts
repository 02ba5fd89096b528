import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import { codeOf, importsOf, lineOf } from './source-code.ts'

/** What a source file does against the rules of the house; empty: nothing. `path` is relative to the project, with `/`. */
export type TidyRule = (path: string, text: string) => string[]

/** A part of the tree: which other parts it may import, and which packages (a name and what begins with it and a slash). */
export interface Layer {
  /** A folder, or a single file. Of two that hold a path the longer one counts. */
  readonly path: string
  readonly imports: readonly string[]
  readonly packages: readonly string[]
}

/** Imports stay within the table. A layer may always import itself. */
export function importRule(layers: readonly Layer[]): TidyRule {
  return (path, text) => {
    const layer = layerOf(layers, path)
    if (!layer) return [`${path}: belongs to no layer of the import table`]
    return importsOf(text).flatMap((name) => {
      const why = name.startsWith('.') ? strayFile(layers, layer, path, name) : strayPackage(layer, name)
      return why ? [`${path}: ${why}`] : []
    })
  }
}

function strayFile(layers: readonly Layer[], layer: Layer, path: string, name: string): string {
  const target = posix.join(posix.dirname(path), name)
  const other = layerOf(layers, target)
  if (other === layer || (other && layer.imports.includes(other.path))) return ''
  return `${layer.path} may not import ${target}`
}

function strayPackage(layer: Layer, name: string): string {
  if (name.startsWith('node:') || builtinModules.includes(name)) return ''
  const known = layer.packages.some((one) => name === one || name.startsWith(`${one}/`))
  return known ? '' : `${layer.path} may not import the package ${name}`
}

function layerOf(layers: readonly Layer[], path: string): Layer | undefined {
  const holding = layers.filter((layer) => path === layer.path || path.startsWith(`${layer.path}/`))
  return holding.sort((a, b) => b.path.length - a.path.length)[0]
}

/** No machine, clock or chance: they are arguments, and only the edges have them. */
export const purity: TidyRule = (path, text) => [
  ...importsOf(text)
    .filter((name) => name.startsWith('node:') || builtinModules.includes(name))
    .map((name) => `${path}: imports ${name}; only src/adapters and src/cli touch the outside`),
  ...found(path, codeOf(text), IMPURE, 'is for src/adapters and src/cli alone'),
]

const IMPURE: readonly RegExp[] = [
  /(?<![.\w])(?:Buffer|process|performance|console)(?=\s*[.[(])/g,
  /(?<![.\w])(?:setTimeout|setInterval|setImmediate|queueMicrotask|fetch)(?=\s*\()/g,
  /\bglobalThis\b/g,
  /\bDate\.now\b/g,
  /\bnew\s+Date\b(?!\s*\(\s*[^)\s])/g,
  /\bMath\.random\b/g,
]

/** What every JavaScript engine answers alike, and no more: the same bytes in Node and in k6. */
export const sameInEveryEngine: TidyRule = (path, text) =>
  found(path, codeOf(text), ENGINE_DEPENDENT, 'differs between engines')

const ENGINE_DEPENDENT: readonly RegExp[] = [
  /\bMath\.(?!(?:floor|ceil|trunc|round|sqrt|imul|abs|min|max|sign|clz32|fround)\b)\w+/g,
  /\*\*=?\s*(?![\d\s])\S+/g,
  /\bIntl\b/g,
  /\.toLocale\w+/g,
  /\.localeCompare\b/g,
  /\b(?:0x[\da-f]+|\d+)n\b/gi,
  /\bBigInt\b/g,
]

/** Nothing is left for later. */
export const finished: TidyRule = (path, text) =>
  found(path, text, [/\b(?:TODO|FIXME|XXX|HACK)\b/g], 'says that work is left')

/** A file is named as what it exports, and what it exports has a name of its own. */
export const names: TidyRule = (path, text) => [
  ...(/(?:^|\/)(?:types|utils?|helpers?)\.\w+$/.test(path) ? [`${path}: a drawer, not a name`] : []),
  ...found(path, codeOf(text), [EMPTY_NAME], 'says nothing: name what it is'),
]

const EMPTY_NAME =
  /\bexport\s+(?:default\s+)?(?:abstract\s+|async\s+)?(?:class|interface|type|function\*?|const|let)\s+\w*(?:Manager|Service|Handler|Helper|Utils?|Context)\b/g

/** All tests run. */
export const everyTestRuns: TidyRule = (path, text) =>
  found(
    path,
    codeOf(text),
    [
      /\b(?:it|test|describe|suite)(?:\.\w+)*\.(?:only|skip|todo|skipIf|runIf)\b/g,
      /(?<![.\w])x(?:it|test|describe)(?=\s*\()/g,
    ],
    'leaves tests out',
  )

/** A file that outgrows 300 lines asks to be two. */
export const shortFiles: TidyRule = (path, text) => {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  return lines > 300 ? [`${path}: ${lines} lines; at most 300`] : []
}

/** Nothing knows the machine on which it was written. */
export const noMachinePaths: TidyRule = (path, text) => found(path, text, MACHINE_PATHS, 'is a path of one machine')

const MACHINE_PATHS: readonly RegExp[] = [
  /(?<![\w.~-])\/(?:home|Users|root|work)\/[\w.-]+/g,
  /\b[A-Z]:\\{1,2}Users\\{1,2}\w+/g,
  /(?<![\w.~-])\/(?:private\/)?(?:tmp|var\/folders)\/[\w.-]+/g,
]

function found(path: string, text: string, patterns: readonly RegExp[], why: string): string[] {
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => `${path}:${lineOf(text, match.index)}: ${match[0].trim()} ${why}`),
  )
}
