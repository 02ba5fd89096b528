import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { codeOf, importsOf } from './support/source-code.ts'
import {
  everyTestRuns,
  finished,
  importRule,
  type Layer,
  names,
  noMachinePaths,
  purity,
  sameInEveryEngine,
  shortFiles,
  type TidyRule,
} from './support/tidy-rules.ts'

const MODEL = 'src/model'
const STAGES = ['scenario', 'delivery', 'ledger', 'analysis', 'report', 'partner', 'simulation', 'lint'].map(
  (name) => `src/${name}`,
)
const JOINTS = ['src/run.ts', 'src/judge.ts']

/** Who may import whom; each layer may import itself. */
const LAYERS: readonly Layer[] = [
  { path: MODEL, imports: [], packages: [] },
  { path: 'generators', imports: [MODEL, 'generators/corpus.ts', 'generators/corpus'], packages: [] },
  { path: 'generators/corpus.ts', imports: [MODEL, 'generators', 'generators/corpus'], packages: ['@faker-js/faker'] },
  { path: 'generators/corpus', imports: [MODEL, 'generators', 'generators/corpus.ts'], packages: ['@faker-js/faker'] },
  { path: 'src/scenario', imports: [MODEL], packages: ['zod', 'yaml'] },
  { path: 'src/delivery', imports: [MODEL], packages: [] },
  { path: 'src/ledger', imports: [MODEL], packages: [] },
  { path: 'src/analysis', imports: [MODEL], packages: ['hdr-histogram-js'] },
  { path: 'src/report', imports: [MODEL], packages: ['zod', 'hdr-histogram-js'] },
  { path: 'src/lint', imports: [MODEL], packages: [] },
  { path: 'src/partner', imports: [MODEL], packages: [] },
  { path: 'src/simulation', imports: [MODEL, 'src/partner'], packages: [] },
  { path: 'src/run.ts', imports: [MODEL, ...STAGES, 'generators', 'generators/corpus.ts'], packages: [] },
  { path: 'src/judge.ts', imports: [MODEL, ...STAGES, 'generators', 'generators/corpus.ts'], packages: [] },
  { path: 'src/experiments', imports: [MODEL, ...STAGES, ...JOINTS], packages: [] },
  { path: 'src/on-record.ts', imports: [MODEL, ...STAGES, 'src/judge.ts'], packages: [] },
  {
    path: 'src/index.ts',
    imports: [MODEL, ...STAGES, ...JOINTS, 'src/on-record.ts', 'src/experiments', 'generators', 'generators/corpus.ts'],
    packages: [],
  },
  {
    path: 'src/adapters',
    imports: [MODEL, 'src/partner'],
    packages: ['undici', 'yaml', 'ipaddr.js', 'selfsigned', 'esbuild', 'postgres'],
  },
  {
    path: 'src/cli',
    // The last three by themselves: a command that plays no run begins without all that a run needs.
    imports: [MODEL, 'src/index.ts', 'src/adapters', 'src/experiments', 'src/on-record.ts', 'src/lint', 'src/scenario'],
    packages: ['commander', 'cli-table3', 'log-update'],
  },
  { path: 'scenarios/k6/make-corpus.ts', imports: ['generators/corpus.ts'], packages: [] },
  { path: 'scenarios/k6', imports: [MODEL, ...STAGES, 'generators'], packages: ['k6'] },
]

const RULES: readonly {
  readonly name: string
  readonly rule: TidyRule
  readonly holdsFor: (path: string) => boolean
}[] = [
  { name: 'imports stay within the table', rule: importRule(LAYERS), holdsFor: isProduct },
  {
    name: 'the middle is pure',
    rule: purity,
    holdsFor: (path) => isProduct(path) && !/^(?:src\/(?:adapters|cli)|scenarios\/k6(?!\/text))\//.test(path),
  },
  { name: 'generators count alike everywhere', rule: sameInEveryEngine, holdsFor: within('generators') },
  { name: 'no work is left', rule: finished, holdsFor: (path) => !path.startsWith('test/') },
  { name: 'names say something', rule: names, holdsFor: () => true },
  { name: 'every test runs', rule: everyTestRuns, holdsFor: (path) => path.endsWith('.test.ts') },
  { name: 'files are short', rule: shortFiles, holdsFor: isProduct },
  { name: 'no path of one machine', rule: noMachinePaths, holdsFor: (path) => !path.startsWith('test/') },
]

const top = fileURLToPath(new URL('..', import.meta.url))
const sources = ['src', 'generators', 'scenarios', 'scripts', 'bin', 'test'].flatMap(filesIn).filter(isSource)

describe('the house is tidy', () => {
  test('there is something to look at', () => {
    expect(sources.length).toBeGreaterThan(20)
  })

  for (const { name, rule, holdsFor } of RULES) {
    test(name, () => {
      const complaints = sources.filter(holdsFor).flatMap((path) => rule(path, readFileSync(join(top, path), 'utf8')))
      expect(complaints).toEqual([])
    })
  }
})

const imports = importRule(LAYERS)

const hole = '$'

/** For each rule: where a text stands, one that breaks the rule there, and one like it that does not (there, or where the last says). */
const FIXTURES: readonly (readonly [TidyRule, string, string, string, string?])[] = [
  [
    imports,
    'src/report/build.ts',
    "import { play } from '../delivery/play.ts'",
    "import type { Plan } from '../model/plan.ts'",
  ],
  [imports, 'src/report/build.ts', "export { play } from '../delivery/play.ts'", "export { title } from './title.ts'"],
  [imports, 'src/report/build.ts', "const m = await import('../adapters/x.ts')", "const m = await import('./x.ts')"],
  [
    imports,
    'src/report/build.ts',
    "type P = import('../partner/store.ts').Store",
    "type P = import('../model/plan.ts').Plan",
  ],
  [imports, 'src/report/build.ts', "import '../delivery/play.ts'", "// import '../delivery/play.ts'"],
  [imports, 'src/model/plan.ts', "import { run } from '../run.ts'", "import { hash32 } from './hash.ts'"],
  [
    imports,
    'generators/message.ts',
    "import { resolve } from '../src/scenario/resolve.ts'",
    "import { unit } from '../src/model/hash.ts'",
  ],
  [
    imports,
    'generators/message.ts',
    "import { faker } from '@faker-js/faker'",
    "const text = `import { faker } from '@faker-js/faker`",
  ],
  [imports, 'src/cli/commands/run.ts', "import { run } from '../../run.ts'", "import { run } from '../../index.ts'"],
  [
    imports,
    'src/adapters/clock.ts',
    "import { play } from '../delivery/play.ts'",
    "import { answer } from '../partner/answer.ts'",
  ],
  [
    imports,
    'src/simulation/world.ts',
    "import { play } from '../delivery/play.ts'",
    "import { answer } from '../partner/answer.ts'",
  ],
  [
    imports,
    'src/delivery/play.ts',
    "import { Client } from 'undici'",
    "import type { World } from '../model/world.ts'",
  ],
  [imports, 'src/surprise/a.ts', 'export const a = 1', 'export const a = 1', 'src/partner/a.ts'],
  [purity, 'src/a.ts', "import { readFileSync } from 'node:fs'", "import { z } from 'zod'"],
  [purity, 'src/a.ts', "import { readFileSync } from 'fs'", "// import { readFileSync } from 'fs'"],
  [purity, 'src/a.ts', "const b = Buffer.from('a')", 'const b = new ArrayBuffer(8)'],
  [purity, 'src/a.ts', 'const home = process.env.HOME', 'const done = queue.process()'],
  [purity, 'src/a.ts', 'const now = Date.now()', 'const then = Date.UTC(2026, 0, 1)'],
  [purity, 'src/a.ts', 'const now = new Date()', 'const then = new Date(startedAtMs)'],
  [purity, 'src/a.ts', 'const now = new Date', "const then = new Date('2026-01-01')"],
  [purity, 'src/a.ts', 'const now = performance.now()', 'const now = clock.nowMs()'],
  [purity, 'src/a.ts', 'const n = Math.random()', "const n = 'Math.random()'"],
  [purity, 'src/a.ts', 'setTimeout(wake, 5)', 'clock.at(5, wake)'],
  [purity, 'src/a.ts', 'setInterval(wake, 5)', 'world.clock.setInterval(wake, 5)'],
  [purity, 'src/a.ts', 'setImmediate(wake)', '/* setImmediate(wake) */'],
  [purity, 'src/a.ts', 'console.log(1)', 'const word = `console.log(1)`'],
  [purity, 'src/a.ts', `const text = \`${hole}{process.pid}\``, 'const text = `process.pid`'],
  [purity, 'src/a.ts', "const quote = /'/; process.exit()", "const quote = /'/; const name = 'process.exit()'"],
  [sameInEveryEngine, 'generators/a.ts', 'const x = Math.log(2)', 'const x = Math.floor(2.5)'],
  [sameInEveryEngine, 'generators/a.ts', 'const x = Math.pow(2, n)', 'const x = Math.imul(2, n)'],
  [sameInEveryEngine, 'generators/a.ts', 'const x = 2 ** n', 'const x = 2 ** 36'],
  [sameInEveryEngine, 'generators/a.ts', 'const x = 2 ** -n', '/** a comment */ const x = 1'],
  [sameInEveryEngine, 'generators/a.ts', 'const x = 10n', "const x = '10n'"],
  [sameInEveryEngine, 'generators/a.ts', 'const x = n.toLocaleString()', 'const x = n.toString()'],
  [sameInEveryEngine, 'generators/a.ts', 'list.sort((a, b) => a.localeCompare(b))', 'list.sort()'],
  [sameInEveryEngine, 'generators/a.ts', 'new Intl.NumberFormat()', 'new International()'],
  [finished, 'src/a.ts', '// TODO: the rest', '// the rest follows'],
  [finished, 'src/a.ts', "throw new Error('FIXME')", "const colour = 'HACKNEY'"],
  [names, 'src/model/types.ts', 'export interface Plan {}', 'export interface Plan {}', 'src/model/plan.ts'],
  [names, 'src/model/plan.ts', 'export class RunManager {}', 'class RunManager {}'],
  [names, 'src/model/plan.ts', 'export interface RetryContext {}', 'export interface RetryPolicy { context: string }'],
  [names, 'src/model/plan.ts', 'export async function loadHelper() {}', 'export async function load() {}'],
  [everyTestRuns, 'test/a.test.ts', "test.only('a', run)", "test('only a', run)"],
  [everyTestRuns, 'test/a.test.ts', "describe.skip('a', run)", "describe('skip', run)"],
  [everyTestRuns, 'test/a.test.ts', "xit('a', run)", "exit('a', run)"],
  [shortFiles, 'src/a.ts', 'x\n'.repeat(301), 'x\n'.repeat(300)],
  [noMachinePaths, 'src/a.ts', "const dir = '/home/somebody/squall'", "const path = '/checkout/home'"],
  [noMachinePaths, 'src/a.ts', '// see C:\\Users\\somebody', '// see https://example.com/root/page'],
  [noMachinePaths, 'scripts/a.mjs', "const dir = '/tmp/squall'", "const dir = 'reports/tmp'"],
]

describe('each rule catches what breaks it, and only that', () => {
  for (const [rule, path, broken, sound, soundPath = path] of FIXTURES) {
    test(`${path}: ${broken.trim().split('\n')[0]}`, () => {
      expect(rule(path, broken)).toHaveLength(1)
      expect(rule(soundPath, sound)).toEqual([])
    })
  }
})

describe('source texts are read as code', () => {
  test('comments, strings and patterns are blanked, lines stay', () => {
    expect(codeOf("a('x') // b\n/* c\n*/ d(/e'/g) / 2")).toBe("a(' ')     \n    \n   d(/  /g) / 2")
  })

  test('code inside a template is code', () => {
    expect(codeOf(`\`a ${hole}{b({ c: \`d\` })} e\``)).toBe(`\`  ${hole}{b({ c: \` \` })}  \``)
  })

  test('every way to import is seen', () => {
    const text =
      "import a, {\n b } from 'one'\nimport 'two'\nexport * from \"three\"\nconst d = await import('four')\ntype E = import('five').E"
    expect(importsOf(text)).toEqual(['one', 'two', 'three', 'four', 'five'])
  })
})

function filesIn(folder: string): string[] {
  if (!existsSync(join(top, folder))) return []
  const entries = readdirSync(join(top, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(top.length).replaceAll('\\', '/'))
}

function isSource(path: string): boolean {
  return /\.(?:ts|mjs)$/.test(path)
}

function isProduct(path: string): boolean {
  return /^(?:src|generators|scenarios\/k6)\//.test(path)
}

function within(folder: string): (path: string) => boolean {
  return (path) => path.startsWith(`${folder}/`)
}
