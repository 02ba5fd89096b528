import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { ownershipOf } from '../../src/adapters/safety/ownership.ts'
import { challengeUrl } from '../../src/adapters/safety/ownership-proof.ts'
import { ownershipToken } from '../../src/adapters/safety/ownership-token.ts'
import { type Passage, type PassageOptions, passageTo } from '../../src/adapters/safety/passage.ts'
import { UndiciTransport } from '../../src/adapters/undici-transport.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import { PLAYED, playedNames, type WatchedHost, watchedHost } from '../support/owned-hosts.ts'

const HOST = 'partner.example'
const TOKEN = 'a'.repeat(64)

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((thing) => thing.close()))
})

async function host(address: string, answer?: (socket: Socket) => void, port?: number): Promise<WatchedHost> {
  const watched = await watchedHost(address, answer, port)
  open.push(watched)
  return watched
}

function body(text: string, head = 'HTTP/1.1 200 OK'): (socket: Socket) => void {
  return (socket) => socket.end(`${head}\r\nContent-Length: ${text.length}\r\n\r\n${text}`)
}

function ask(port: number, options: PassageOptions): Promise<Passage> {
  return passageTo(new URL(`http://${HOST}:${port}/hook`), { tokenOf: () => TOKEN, ...options })
}

const at = (...addresses: string[]) => playedNames({ [HOST]: addresses })

describe('a host that nobody has shown to be theirs', () => {
  it('hears one request for the proof, and not a byte more', async () => {
    const watched = await host(PLAYED.public, body('', 'HTTP/1.1 404 Not Found'))
    await expect(ask(watched.port, { names: at(PLAYED.public) })).rejects.toMatchObject({ name: 'TargetRefused' })
    expect(watched.connections()).toBe(1)
    expect(watched.heard()).toMatch(/^GET \/\.well-known\/squall-challenge\/a{64} HTTP\/1\.1\r\n/)
    expect(watched.heard().split('\r\n\r\n')).toEqual([expect.not.stringMatching(/authorization/i), ''])
  })

  it('is refused whether or not its name has an address', async () => {
    await expect(ask(80, { names: at() })).rejects.toThrow(/partner\.example is not this machine.*squall own/)
  })

  it('is refused also when it is on a private network', async () => {
    const watched = await host(PLAYED.private, body('no'))
    await expect(ask(watched.port, { names: at(PLAYED.private) })).rejects.toMatchObject({ name: 'TargetRefused' })
  })

  it.each<[string, (socket: Socket) => void]>([
    ['another token', body('b'.repeat(64))],
    ['the token and something after it', body(`${TOKEN}\n`)],
    ['the token with another status', body(TOKEN, 'HTTP/1.1 404 Not Found')],
    ['nothing', (socket) => socket.end()],
    ['no HTTP', (socket) => socket.end('SSH-2.0-OpenSSH\r\n\r\n')],
    ['a body that never ends', (socket) => flood(socket)],
    ['a head that never ends', (socket) => flood(socket, 'HTTP/1.1 200 OK\r\nX-Filler: ')],
  ])('shows nothing by answering with %s', async (_, answer) => {
    const watched = await host(PLAYED.public, answer)
    await expect(ask(watched.port, { names: at(PLAYED.public) })).rejects.toMatchObject({ name: 'TargetRefused' })
    expect(watched.connections()).toBe(1)
  })

  it('cannot send the request on to a place that would know the token', async () => {
    const knowing = await host('127.0.0.1', body(TOKEN))
    const location = challengeUrl(`http://127.0.0.1:${knowing.port}`, TOKEN)
    const watched = await host(PLAYED.public, body('', `HTTP/1.1 302 Found\r\nLocation: ${location}`))
    await expect(ask(watched.port, { names: at(PLAYED.public) })).rejects.toMatchObject({ name: 'TargetRefused' })
    expect(knowing.connections()).toBe(0)
  })

  it('is given up after five seconds of silence', async () => {
    const watched = await host(PLAYED.public)
    await expect(ask(watched.port, { names: at(PLAYED.public) })).rejects.toMatchObject({ name: 'TargetRefused' })
    expect(watched.connections()).toBe(1)
  }, 15_000)
})

describe('a host that is shown to be its user’s', () => {
  it('by the token at its own address may be sent to without caps', async () => {
    const watched = await host(PLAYED.public, body(TOKEN))
    const passage = await ask(watched.port, { names: at(PLAYED.public) })
    expect(passage).toMatchObject({ ground: 'proof', capped: false })
  })

  it('by the token in DNS hears nothing beforehand', async () => {
    const watched = await host(PLAYED.public, body('no'))
    const names = playedNames({ [HOST]: [PLAYED.public] }, { [`_squall-challenge.${HOST}`]: ['v=1', TOKEN] })
    expect(await ask(watched.port, { names })).toMatchObject({ ground: 'proof', capped: false })
    expect(watched.connections()).toBe(0)
  })

  it('is not so by the token of a host above it', async () => {
    const names = playedNames({ [HOST]: [] }, { '_squall-challenge.example': [TOKEN] })
    await expect(ask(80, { names })).rejects.toMatchObject({ name: 'TargetRefused' })
  })
})

describe('a host that its user says is theirs', () => {
  it('is capped, and hears nothing beforehand', async () => {
    const watched = await host(PLAYED.public)
    const passage = await ask(watched.port, { names: at(PLAYED.public), consent: HOST })
    expect(passage).toMatchObject({ ground: 'consent', capped: true })
    expect(watched.connections()).toBe(0)
  })

  it('is not capped where every address is private', async () => {
    const consent = HOST
    expect(await ask(80, { names: at(PLAYED.private), consent })).toMatchObject({ ground: 'consent', capped: false })
    expect(await ask(80, { names: at(PLAYED.private, PLAYED.public), consent })).toMatchObject({ capped: true })
  })

  it('must be typed exactly', async () => {
    for (const consent of ['partner.example.', 'example', 'other.example', '*', '']) {
      await expect(ask(80, { names: at(PLAYED.public), consent })).rejects.toMatchObject({ name: 'TargetInvalid' })
    }
  })
})

describe('places that are nobody’s to load', () => {
  it('are refused with consent and with proof, if only one address of a name is among them', async () => {
    const watched = await host(PLAYED.never)
    const names = playedNames({ [HOST]: [PLAYED.public, PLAYED.never] }, { [`_squall-challenge.${HOST}`]: [TOKEN] })
    await expect(ask(watched.port, { names })).rejects.toThrow(/nothing is ever sent to metadata/)
    await expect(ask(watched.port, { names, consent: HOST })).rejects.toMatchObject({ name: 'TargetRefused' })
    expect(watched.connections()).toBe(0)
  })

  it.each([
    'http://169.254.169.254/',
    'http://[fd00:ec2::254]/',
    'http://[::ffff:169.254.169.254]/',
    'http://2852039166/',
    'http://0.0.0.0:8080/',
    'http://[::]/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://[fe80::1]/',
    'https://api.segment.io/v1/batch',
    'https://API.Segment.io./v1/batch',
    'https://events.eu1.segmentapis.com/v1/t',
    'https://cdn.segment.com/',
  ])('%s is one, whoever says that it is theirs', async (text) => {
    const url = new URL(text)
    const consent = url.hostname.replace(/^\[|\]$/g, '')
    await expect(passageTo(url, { consent, tokenOf: () => TOKEN })).rejects.toMatchObject({ name: 'TargetRefused' })
  })
})

describe('this machine', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.9.8.7/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://localhost/',
  ])('%s needs nothing', async (text) => {
    const tokenOf = (): string => expect.unreachable('no token is needed')
    expect(await passageTo(new URL(text), { tokenOf })).toMatchObject({ ground: 'loopback', capped: false })
  })
})

describe('a name that moves in the middle of a run', () => {
  async function deliver(passage: Passage, port: number): Promise<Outcome> {
    const options = { connections: 1, connectionsMax: 1, lookup: passage.lookup }
    const transport = new UndiciTransport(`http://${HOST}:${port}/hook`, options)
    open.push(transport)
    const request = { method: 'POST', headers: [], body: new Uint8Array(1) } as const
    return new Promise((resolve) => transport.send(request, resolve))
  }

  it.each<[string, string]>([
    ['this machine', '127.0.0.1'],
    ['a private network', PLAYED.private],
    ['a metadata address', PLAYED.never],
  ])('from a public address to %s leads nowhere', async (_, elsewhere) => {
    const addresses = { [HOST]: [PLAYED.public] }
    const watched = await host(PLAYED.public, body('ok'))
    const victim = await host(elsewhere, body('ok'), watched.port)
    const passage = await ask(watched.port, { names: playedNames(addresses), consent: HOST })
    expect(await deliver(passage, watched.port)).toMatchObject({ class: '2xx' })
    addresses[HOST] = [elsewhere]
    expect(await deliver(passage, watched.port)).toMatchObject({ class: 'dns', ambiguous: false })
    expect(victim.connections()).toBe(0)
  })

  it('from a private network, where no caps hold, to a public address leads nowhere', async () => {
    const addresses = { [HOST]: [PLAYED.private] }
    const victim = await host(PLAYED.public, body('ok'))
    const passage = await ask(victim.port, { names: playedNames(addresses), consent: HOST })
    addresses[HOST] = [PLAYED.public]
    expect(await deliver(passage, victim.port)).toMatchObject({ class: 'dns' })
    expect(victim.connections()).toBe(0)
  })
})

describe('what its user is told of a host', () => {
  const told = (url: string, texts: Record<string, string[]> = {}, addresses = [PLAYED.public]) =>
    ownershipOf(new URL(url), { names: playedNames({ [HOST]: addresses }, texts), tokenOf: () => TOKEN })

  it('is where the token goes, and what is seen there now', async () => {
    const watched = await host(PLAYED.public, body('x', 'HTTP/1.1 404 Not Found'))
    const url = `http://${HOST}:${watched.port}`
    expect(await told(`${url}/hook`)).toEqual({
      token: TOKEN,
      file: { proven: false, text: 'not there (status 404)', url: `${url}/.well-known/squall-challenge/${TOKEN}` },
      dns: { proven: false, text: 'not there', name: `_squall-challenge.${HOST}` },
    })
  })

  it('is that it is shown, once it is', async () => {
    const watched = await host(PLAYED.public, body(TOKEN))
    expect(await told(`http://${HOST}:${watched.port}`)).toMatchObject({
      file: { proven: true },
      dns: { proven: false },
    })
    const texts = { [`_squall-challenge.${HOST}`]: [TOKEN] }
    expect(await told(`http://${HOST}`, texts, [])).toMatchObject({ file: { proven: false }, dns: { proven: true } })
  })

  it('is what is wrong with what is there', async () => {
    const watched = await host(PLAYED.public, body(`${TOKEN}\n`))
    const seen = await told(`http://${HOST}:${watched.port}`, { [`_squall-challenge.${HOST}`]: ['other'] })
    expect(seen?.file.text).toBe('there, but its body is not the token alone')
    expect(seen?.dns.text).toBe('there, but with another value')
  })

  it('is nothing for this machine', async () => {
    expect(await told(`http://${HOST}`, {}, ['127.0.0.1'])).toBeNull()
  })
})

describe('the token', () => {
  it('is one for a user and a host, and another for everybody else', () => {
    const [mine, yours] = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'squall-own-'))) as [string, string]
    const token = ownershipToken(HOST, mine)
    expect(token).toMatch(/^[0-9a-f]{64}$/)
    expect(ownershipToken(HOST, mine)).toBe(token)
    expect(ownershipToken(`www.${HOST}`, mine)).not.toBe(token)
    expect(ownershipToken(HOST, yours)).not.toBe(token)
    for (const folder of [mine, yours]) rmSync(folder, { recursive: true })
  })

  it('hangs on a key that its user alone can read, and on no damaged one', () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'squall-own-')), 'state')
    ownershipToken(HOST, folder)
    expect(statSync(join(folder, 'ownership.key')).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    writeFileSync(join(folder, 'ownership.key'), '')
    expect(() => ownershipToken(HOST, folder)).toThrow(/ownership\.key, cannot be used: it has 0 bytes/)
    rmSync(join(folder, '..'), { recursive: true })
  })
})

/** Writes as long as somebody reads. */
function flood(socket: Socket, head = 'HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n'): void {
  socket.write(head)
  const more = (): void => {
    while (!socket.destroyed && socket.write('a'.repeat(10_000)));
  }
  socket.on('drain', more)
  more()
}
