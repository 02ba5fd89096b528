// Sets up what a fresh clone lacks, then does the job that was asked for under the pinned Node.
// Runs on any Node from 20 up, before anything is installed: plain JavaScript, no dependencies.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findPostgres, installPostgres, NO_POSTGRES } from './find-postgres.mjs'
import { provideK6 } from './k6/install.mjs'

const top = fileURLToPath(new URL('..', import.meta.url))
const pinnedNode = `${top}node_modules/.bin/node`
const stampFile = `${top}node_modules/.squall-setup`

/** Each job: what it needs set up, and what the pinned Node then runs. */
const jobs = {
  start: { needs: [dependencies], command: (args) => ['src/cli/main.ts', 'demo', ...args] },
  test: {
    needs: [dependencies, chromium, postgres, k6],
    command: (args) => ['node_modules/vitest/vitest.mjs', 'run', ...reporters(), ...args],
  },
}

class SetupError extends Error {}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  process.stderr.write(`squall: ${error.message}\n`)
  process.exitCode = 6
}

async function main([name, ...args]) {
  const job = jobs[name]
  if (!job) throw new SetupError(`usage: node scripts/setup.mjs ${Object.keys(jobs).join('|')} [arguments]`)
  const major = Number.parseInt(process.versions.node, 10)
  if (major < 20) throw new SetupError(`Node 20 or later is needed to begin; this is ${process.version}`)
  for (const need of job.needs) await need()
  // Every program of squall that runs from its sources begins a third sooner.
  process.env.NODE_COMPILE_CACHE ??= `${top}node_modules/.cache/node`
  return run(pinnedNode, job.command(args))
}

/** node_modules as the lockfile says, for this platform. */
async function dependencies() {
  const stamp = stampOf(readFileSync(`${top}package-lock.json`))
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  process.stderr.write('squall: setting up (npm ci, once; about half a minute)\n')
  await npmCi()
  if (!existsSync(pinnedNode)) throw new SetupError(noPinnedNode())
  writeFileSync(stampFile, stamp)
}

function stampOf(lockfile) {
  const digest = createHash('sha256').update(lockfile).digest('hex')
  return `${digest} ${process.platform}-${process.arch}\n`
}

function noPinnedNode() {
  return (
    `npm installed no Node for ${process.platform}-${process.arch} (package "node"); ` +
    'if your npm is set to ignore-scripts, run this again with npm_config_ignore_scripts=false in the environment'
  )
}

async function npmCi() {
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retry-maxtimeout=10000']
  const { code, text } = await capture(...npm(args))
  if (code === undefined) throw new SetupError('npm is not on PATH: install Node with its npm, then run this again')
  if (code !== 0) throw new SetupError(whyNpmFailed(text))
}

/** The npm that runs us, else the one on PATH. */
function npm(args) {
  const running = process.env.npm_execpath
  if (running?.endsWith('npm-cli.js')) return [process.execPath, [running, ...args], {}]
  return ['npm', args, { shell: process.platform === 'win32' }]
}

function whyNpmFailed(text) {
  if (/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED)\b/.test(text)) {
    return 'npm ci cannot reach the package registry: check the network (or npm config get registry), then run this again'
  }
  if (/\bENOSPC\b/.test(text)) return 'npm ci found the disk full: make room (about 600 MB), then run this again'
  const lines = text.split('\n').map((line) => line.replace(/^npm error ?/, '').trim())
  return `npm ci failed: ${lines.find((line) => line && !/^(code|errno|syscall|path) /.test(line)) ?? 'it said nothing'}`
}

/** Runs a program to its end: its exit code (undefined: there is no such program) and what it said on stderr. */
function capture(command, args, options) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: top, stdio: ['ignore', 'pipe', 'pipe'], ...options })
    let text = ''
    child.stdout.resume()
    child.stderr.on('data', (chunk) => {
      text += chunk
    })
    child.on('error', () => resolve({ code: undefined, text }))
    child.on('close', (code) => resolve({ code: code ?? -1, text }))
  })
}

/** A Chromium for the tests of pages. Where none can be had this says so, and the tests that need it fail. */
async function chromium() {
  const found = process.env.CHROMIUM_BIN || chromiumOnPath() || (await playwrightsChromium()) || (await newChromium())
  if (found) process.env.CHROMIUM_BIN = found
  else process.stderr.write(`squall: ${noChromium()}\n`)
}

function noChromium() {
  return 'no Chromium for the tests of pages, and none could be installed: put one on PATH, or name it in $CHROMIUM_BIN'
}

function chromiumOnPath() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
}

/** What Playwright has downloaded before. */
async function playwrightsChromium() {
  const program = `import('playwright-core').then(({ chromium }) => process.stderr.write(chromium.executablePath()))`
  const { text } = await capture(pinnedNode, ['-e', program])
  return existsSync(text) ? text : undefined
}

/** Debian's package where apt-get is and may install; else Playwright's download. */
async function newChromium() {
  process.stderr.write('squall: setting up a Chromium for the tests of pages (once; a minute or two)\n')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = ['install', '--yes', '--no-install-recommends', 'chromium']
  if ((await capture('apt-get', ['update'], { env })).code === 0) await capture('apt-get', install, { env })
  if (chromiumOnPath()) return chromiumOnPath()
  await capture(pinnedNode, ['node_modules/playwright-core/cli.js', 'install', '--no-shell', 'chromium'])
  return playwrightsChromium()
}

/** PostgreSQL's programs for the tests of stores. Where none can be had this says so, and the tests that need it fail. */
async function postgres() {
  let found = findPostgres()
  if (!found) {
    process.stderr.write('squall: setting up PostgreSQL for the tests of stores (once; a minute or two)\n')
    found = await installPostgres((...command) => capture(...command))
  }
  if (found) process.env.SQUALL_TEST_POSTGRES = found
  else process.stderr.write(`squall: ${NO_POSTGRES}\n`)
}

/** A k6 for the tests of the k6 engine. Where none can be had this says so, and the tests that need it fail. */
async function k6() {
  const { k6: found, trouble } = await provideK6({ say: (text) => process.stderr.write(`squall: ${text}\n`) })
  if (found) process.env.K6_BIN = found.path
  else if (process.env.K6_BIN) throw new SetupError(trouble)
  else process.stderr.write(`squall: ${trouble}\n`)
}

/** Runs the job as if it stood in our place: its signals, its terminal, its exit code. */
function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: top, stdio: 'inherit' })
    passSignals(child)
    child.on('error', (error) =>
      reject(new SetupError(`${command} does not run (${error.code}): delete node_modules and run this again`)),
    )
    child.on('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal]))
  })
}

function passSignals(child) {
  // A terminal gives Ctrl-C to the child as well as to us (and npm gives it to us once more): passing it on would count it twice.
  const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  process.on('SIGINT', () => terminal || child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGHUP'))
}

/** A report for machines beside the one for people, where $SQUALL_TEST_REPORT names a file for it. */
function reporters() {
  const file = process.env.SQUALL_TEST_REPORT
  return file ? ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`] : []
}
