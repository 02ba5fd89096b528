import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const SQUALL = fileURLToPath(new URL('../../bin/squall.mjs', import.meta.url))

/** Where systems keep a Node of their own, which may be an old one. */
const SYSTEMS_NODES = ['/usr/bin/node', '/usr/local/bin/node', '/opt/homebrew/bin/node']

/** Our own Node as if it were 20: by its version, and by `node:module` without what that had not. */
const AS_IF_OLD = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module'
  Object.defineProperty(process, 'version', { value: 'v20.20.2' })
  Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })
  registerHooks({
    resolve: (specifier, context, next) =>
      /^(?:node:)?module$/.test(specifier) ? { url: 'data:text/javascript,export default {}', shortCircuit: true } : next(specifier, context),
  })
`)}`

test.each([[execPath, '--import', AS_IF_OLD], ...SYSTEMS_NODES.filter(isOld).map((node) => [node])])(
  'a Node that is too old is told so in one line: %s',
  (node, ...args) => {
    const { status, stdout, stderr } = spawnSync(node, [...args, SQUALL, '--version'], { encoding: 'utf8' })
    expect(stderr).toMatch(/^squall: Node 22\.19, 24\.11 or later is needed; this is v\d+\.\d+\.\d+\n$/)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  },
)

function isOld(node: string): boolean {
  if (!existsSync(node)) return false
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' })
  const [, major] = /^v(\d+)\./.exec(stdout) ?? []
  return major !== undefined && Number(major) < 22
}
