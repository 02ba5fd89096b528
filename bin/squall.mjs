#!/usr/bin/env node
// The installed program runs what was compiled; in a clone the sources run as they stand.
import { existsSync } from 'node:fs'
// Not by its names: an older Node does not have them all, and would complain of that instead.
import module from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const [major, minor] = process.versions.node.split('.').map(Number)
const fits = (major === 22 && minor >= 19) || (major === 24 && minor >= 11) || major > 24

if (fits) {
  // For the receivers that a run starts, too.
  process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache')
  module.enableCompileCache()
  const source = new URL('../src/cli/main.ts', import.meta.url)
  await import(existsSync(source) ? source.href : new URL('../dist/src/cli/main.js', import.meta.url).href)
} else {
  process.stderr.write(`squall: Node 22.19, 24.11 or later is needed; this is ${process.version}\n`)
  process.exitCode = 2
}
