import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { provideK6 } from '../../src/adapters/k6/k6-program.ts'
import { checksumLine, type ReleaseServer, serveReleases, tarGz, zip } from '../support/k6-release.ts'
import { type ProgramEnd, squall } from '../support/run-program.ts'

const PINNED = '2.2.0'
/** A go that notes what it was asked, and builds a k6 that says its version. */
const FAKE_GO = `#!/bin/sh
echo "$PWD $@" >> "$ASKED"
while [ "$1" != -o ]; do shift; done
printf '%s\\n' '#!/bin/sh' 'echo "k6 v${PINNED} (go1.26.8, linux/amd64)"' > "$2"
`

let folder: string
let server: ReleaseServer | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'squall-k6-'))
  mkdirSync(join(folder, 'bin'))
})

afterEach(async () => {
  rmSync(folder, { recursive: true })
  await server?.close()
  server = undefined
})

describe('a k6 is looked for', () => {
  test('where $K6_BIN says, before PATH', async () => {
    program('bin/k6', k6('2.3.1'))
    const named = program('named', k6('2.2.0'))
    expect(await provide({ K6_BIN: named })).toEqual({ path: named, from: '$K6_BIN', version: '2.2.0' })
  })

  test.each([
    [
      'too old',
      k6('1.8.1'),
      /^\$K6_BIN names .*named, which is k6 1\.8\.1: name one of version 2\.2\.0 or later, below 3/,
    ],
    ['of a later kind', k6('3.0.0'), /which is k6 3\.0\.0/],
    ['not released yet', k6('2.3.0-rc1'), /which is k6 2\.3\.0-rc1/],
    ['no k6', '#!/bin/sh\necho hello\n', /which does not run as k6/],
    ['not there', undefined, /which does not run as k6/],
  ])('and what $K6_BIN names is an error if it is %s, whatever else is there', async (_what, text, complaint) => {
    program('bin/k6', k6('2.2.0'))
    if (text !== undefined) program('named', text)
    await expect(provide({ K6_BIN: join(folder, 'named') })).rejects.toThrow(complaint)
  })

  test('by what it says, whatever its file is called', async () => {
    const named = program('my k6-2.2', `#!/bin/sh\necho "my k6-2.2 v2.2.0 (commit/0123abc, go1.26.5, darwin/arm64)"\n`)
    expect(await provide({ K6_BIN: named })).toMatchObject({ version: '2.2.0' })
  })

  test('on PATH, where one that will not do is passed over', async () => {
    mkdirSync(join(folder, 'later'))
    program('bin/k6', k6('1.8.1'))
    const sound = program('later/k6', k6('2.9.0'))
    const found = await provide({ PATH: `${folder}/bin:${folder}/later:/bin` })
    expect(found).toEqual({ path: sound, from: 'PATH', version: '2.9.0' })
  })

  test('in the cache, and what is there is not set up again', async () => {
    program('bin/go', FAKE_GO)
    const first = await provide()
    expect(await provide()).toEqual(first)
    expect(asked()).toHaveLength(1)
  })
})

describe('a k6 that is nowhere', () => {
  test('is built by go from the pinned module where no release can be had', async () => {
    program('bin/go', FAKE_GO)
    const said: string[] = []
    expect(await provide({}, { say: (text) => said.push(text) })).toEqual(cached())
    expect(said).toEqual([expect.stringMatching(/^setting up k6 2\.2\.0/)])
    expect(asked()).toEqual([
      expect.stringMatching(/scripts\/k6 build -mod=readonly -trimpath -ldflags -s -w -o \S+ go\.k6\.io\/k6\/v2$/),
    ])
    expect(readdirSync(join(folder, 'cache/squall/bin'))).toEqual(['k6'])
  })

  test.each([
    ['linux', 'x64', 'k6-v2.2.0-linux-amd64', 'tar.gz', 'k6'],
    ['linux', 'arm64', 'k6-v2.2.0-linux-arm64', 'tar.gz', 'k6'],
    ['darwin', 'arm64', 'k6-v2.2.0-macos-arm64', 'zip', 'k6'],
    ['win32', 'x64', 'k6-v2.2.0-windows-amd64', 'zip', 'k6.exe'],
  ])('is taken from the release for %s %s, and go is not asked', async (platform, arch, name, format, inside) => {
    program('bin/go', FAKE_GO)
    await release(name, format, `${name}/${inside}`)
    expect(await provide({}, { platform, arch })).toEqual(cached(inside))
    expect(readFileSync(join(folder, 'cache/squall/bin', inside), 'utf8')).toBe(k6(PINNED))
    expect(server!.asked).toEqual([`/v2.2.0/k6-v2.2.0-checksums.txt`, `/v2.2.0/${name}.${format}`])
    expect(asked()).toEqual([])
  })

  test('is never a release of another checksum', async () => {
    await release('k6-v2.2.0-linux-amd64', 'tar.gz', 'k6-v2.2.0-linux-amd64/k6', 'something else')
    await expect(provide({}, LINUX)).rejects.toThrow(/k6-v2\.2\.0-linux-amd64\.tar\.gz is not what its checksum says/)
    expect(existsSync(cached().path)).toBe(false)
  })

  test('is never a release whose checksum is not published', async () => {
    await release('k6-v2.2.0-linux-amd64', 'tar.gz', 'k6-v2.2.0-linux-amd64/k6')
    await server!.close()
    const url = '/v2.2.0/k6-v2.2.0-checksums.txt'
    server = await serveReleases({ [url]: 'abc  other.zip\n', '/v2.2.0/k6-v2.2.0-linux-amd64.tar.gz': 'x' })
    await expect(provide({}, LINUX)).rejects.toThrow(/checksums of the release say nothing of k6-v2\.2\.0-linux-amd64/)
  })

  test('is built where the server of the releases says nothing for too long', async () => {
    program('bin/go', FAKE_GO)
    server = await serveReleases({ '/v2.2.0/k6-v2.2.0-checksums.txt': null })
    expect(await provide({}, { stallMs: 50 })).toEqual(cached())
    expect(server.asked).toHaveLength(1)
  })

  test('is built where a release of another kind of machine would be needed', async () => {
    program('bin/go', FAKE_GO)
    server = await serveReleases({})
    expect(await provide({}, { platform: 'aix', arch: 'ppc64' })).toEqual(cached())
    expect(server.asked).toEqual([])
  })

  test('is one line that says why and what to do where nothing can be had', async () => {
    server = await serveReleases({})
    const { code, stdout, stderr } = await command('install')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    const [, line, ...more] = stderr.split('\n')
    expect(line).toMatch(
      /^squall: no k6 could be had \(.*checksums\.txt cannot be had: it answers 404; go is not on PATH\)/,
    )
    expect(line).toMatch(/install one of version 2\.2\.0 or later, below 3, or name it in \$K6_BIN$/)
    expect(more).toEqual([''])
  })

  test('is not what go made if that is of another version', async () => {
    program('bin/go', FAKE_GO.replace(`v${PINNED}`, 'v1.0.0'))
    await expect(provide()).rejects.toThrow(/what came is k6 1\.0\.0/)
    expect(existsSync(cached().path)).toBe(false)
  })

  test('says in a line what go complains of', async () => {
    program('bin/go', '#!/bin/sh\necho "go: one" >&2\necho "go: no such module" >&2\nexit 1\n')
    await expect(provide()).rejects.toThrow(/go build failed: go: no such module\)/)
  })
})

describe('squall', () => {
  test('k6 install prints where it is', async () => {
    const path = program('bin/k6', k6('2.2.0'))
    expect(await command('install')).toEqual({ code: 0, stdout: `${path}\n`, stderr: '' })
  })

  test('doctor shows path, version and the supported range, and what was passed over', async () => {
    const old = program('bin/k6', k6('1.8.1'))
    mkdirSync(join(folder, 'cache/squall/bin'), { recursive: true })
    const own = program('cache/squall/bin/k6', k6('2.2.0'))
    const { stdout } = await squall(['doctor', '--json'], environment())
    const { findings } = JSON.parse(stdout) as { findings: { id: string; text: string }[] }
    expect(findings.find(({ id }) => id === 'k6')!.text).toBe(
      `k6: ${own} (from the cache of squall), 2.2.0; supported: 2.2.0 or later, below 3; passed over: ${old}, 1.8.1`,
    )
  })
})

test('the pinned module says the version that is set up, with the sums of all that it is built from', () => {
  const pinned = /go\.k6\.io\/k6\/v2 v(\S+)/.exec(readFileSync('scripts/k6/go.mod', 'utf8'))?.[1]
  expect(pinned).toBe(PINNED)
  expect(readFileSync('scripts/k6/go.sum', 'utf8')).toContain(`go.k6.io/k6/v2 v${PINNED} h1:`)
})

const LINUX = { platform: 'linux', arch: 'x64' }

type Options = Parameters<typeof provideK6>[0]

/** With no releases but those that a test serves. */
async function provide(env: NodeJS.ProcessEnv = {}, options: Options = {}): ReturnType<typeof provideK6> {
  const unused = server === undefined ? await unusedUrl() : ''
  return provideK6({ ...options, env: { ...environment(), ...(unused && { SQUALL_K6_RELEASES: unused }), ...env } })
}

function command(...args: string[]): Promise<ProgramEnd> {
  return squall(['k6', ...args], environment())
}

function environment(): NodeJS.ProcessEnv {
  return {
    K6_BIN: '',
    PATH: `${folder}/bin:/bin`,
    XDG_CACHE_HOME: join(folder, 'cache'),
    SQUALL_K6_RELEASES: server?.url ?? '',
    ASKED: join(folder, 'asked.txt'),
  }
}

/** Where nobody listens. */
async function unusedUrl(): Promise<string> {
  const nobody = createServer()
  await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve))
  const { port } = nobody.address() as AddressInfo
  await new Promise((resolve) => nobody.close(resolve))
  return `http://127.0.0.1:${port}`
}

/** Serves a release of one archive. @param checked what its checksum is of, unless it is true */
async function release(name: string, format: string, inside: string, checked?: string): Promise<void> {
  const archive = (format === 'zip' ? zip : tarGz)(inside, k6(PINNED))
  const sums = `${checksumLine(Buffer.from('other'), 'other.zip')}${checksumLine(checked ? Buffer.from(checked) : archive, `${name}.${format}`)}`
  server = await serveReleases({
    '/v2.2.0/k6-v2.2.0-checksums.txt': sums,
    [`/v2.2.0/${name}.${format}`]: archive,
  })
}

function k6(version: string): string {
  return `#!/bin/sh\n[ "$1" = version ] && echo "k6 v${version} (go1.26.8, linux/amd64)"\n`
}

function cached(name = 'k6'): { path: string; from: string; version: string } {
  return { path: join(folder, 'cache/squall/bin', name), from: 'the cache of squall', version: PINNED }
}

function program(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  chmodSync(path, 0o755)
  return path
}

function asked(): string[] {
  const file = join(folder, 'asked.txt')
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : []
}
