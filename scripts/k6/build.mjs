// k6 built from the module that is pinned beside this file. A version in a go.mod needs nothing but a module proxy.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))
const MODULE = 'go.k6.io/k6/v2'
const BUILT_MS = 20 * 60_000

/** The version that is released, built and measured: `2.2.0`. */
export function pinnedVersion() {
  const pinned = readFileSync(`${folder}go.mod`, 'utf8').match(/go\.k6\.io\/k6\/v2 v(\S+)/)
  return pinned[1]
}

/** Writes the program to `to`; about a minute and a half from nothing. @throws Error in one line */
export async function buildK6(to, env) {
  const args = ['build', '-mod=readonly', '-trimpath', '-ldflags', '-s -w', '-o', to, MODULE]
  const { code, text } = await go(args, { ...env, CGO_ENABLED: '0', GOWORK: 'off' })
  if (code === undefined) throw new Error('go is not on PATH')
  if (code !== 0) throw new Error(`go build failed: ${lastLine(text)}`)
}

/** Its exit code (undefined: there is no such program) and what it said on stderr. */
function go(args, env) {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(BUILT_MS)
    const child = spawn('go', args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'], signal })
    let text = ''
    child.stderr.on('data', (chunk) => {
      text += chunk
    })
    child.on('error', ({ code, message }) => resolve({ code: code === 'ENOENT' ? undefined : -1, text: message }))
    child.on('close', (code) => resolve({ code: code ?? -1, text }))
  })
}

function lastLine(text) {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.at(-1)?.trim().slice(0, 200) ?? 'it said nothing'
}
