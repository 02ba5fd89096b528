import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { exchangeOnce } from '../../src/adapters/one-exchange.ts'
import { accountOf, type ExchangeAccount, viewOf } from '../../src/cli/exchange-account.ts'
import { secretMask } from '../../src/cli/secret-mask.ts'
import { segmentReaction } from '../../src/cli/segment-reaction.ts'
import { plain } from '../../src/cli/terminal/colors.ts'
import { renderExchange } from '../../src/cli/terminal/exchange-view.ts'
import type { OutgoingRequest } from '../../src/model/world.ts'
import { testPlan } from '../support/plans.ts'
import { type TcpServer, tcpServer } from '../support/tcp-server.ts'

const SECRET = 'k3y-of-a-customer'
const BASIC = Buffer.from(`${SECRET}:`).toString('base64')
const REQUEST: OutgoingRequest = {
  method: 'POST',
  headers: ['Authorization', `Basic ${BASIC}`, 'Content-Type', 'application/json'],
  body: new TextEncoder().encode('{"type":"track","event":"Ünï"}'),
}

const servers: TcpServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

interface Told {
  readonly server: TcpServer
  readonly account: ExchangeAccount
  readonly text: string
}

/** One exchange with an endpoint that acts so, as its user is told of it. */
async function told(act: (socket: Socket) => void, timeoutMs = 5000): Promise<Told> {
  const server = await tcpServer(act)
  servers.push(server)
  const url = new URL(server.url)
  const exchanged = await exchangeOnce(url, REQUEST, { timeoutMs })
  const reaction = segmentReaction(testPlan(), exchanged.outcome)
  const account = accountOf(url, REQUEST, exchanged, reaction, secretMask([SECRET]))
  return { server, account, text: renderExchange(viewOf(account), plain) }
}

function reply(text: string, head = 'HTTP/1.1 200 OK'): (socket: Socket) => void {
  return (socket) => socket.end(`${head}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
}

describe('an exchange', () => {
  it('is shown as it was on the wire, and JSON indented', async () => {
    const { server, account, text } = await told(reply('{"ok":true}', 'HTTP/1.1 200 Fine\r\nX-B: 2'))
    const sent = server.received[0]!.split('\r\n\r\n')[0]!.split('\r\n')
    expect(account.request.startLine).toBe(sent[0])
    expect(account.request.headers.map(([name]) => name)).toEqual(sent.slice(1).map((line) => line.split(':')[0]))
    expect(account.response).toMatchObject({
      startLine: '200 Fine',
      headers: [
        ['X-B', '2'],
        ['Content-Length', '11'],
      ],
    })
    expect(text).toMatch(/POST \/hook\?x=1 HTTP\/1\.1\n[\s\S]*"event": "Ünï"[\s\S]*200 Fine\n[\s\S]*"ok": true/)
    expect(text).toMatch(/connected after [\d.]+ ms · first byte after [\d.]+ ms · over after [\d.]+ ms/)
    expect(server.requests()).toBe(1)
  })

  it.each<[string, (socket: Socket) => void, RegExp]>([
    ['204', (s) => s.end('HTTP/1.1 204 No Content\r\n\r\n'), /✓ accepted: to Segment status 204/],
    ['503', reply('x', 'HTTP/1.1 503 Busy'), /! Segment would try again in about 28 s: status 503/],
    ['400', reply('x', 'HTTP/1.1 400 No'), /✗ Segment would discard it: status 400/],
    [
      '302',
      reply('', 'HTTP/1.1 302 There\r\nLocation: http://127.0.0.1:1/'),
      /Location: http:\/\/127\.0\.0\.1:1\/[\s\S]*✗ Segment would discard it: status 302/,
    ],
    ['no answer', (s) => s.destroy(), /Response\n\n {3}none[\s\S]*may be stored all the same/],
    ['no HTTP', (s) => s.end('SSH-2.0\r\n\r\n'), /Response\n\n {3}none[\s\S]*no answer that counts/],
    ['half a body', (s) => s.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab'), /✓ accepted.*broke off/],
  ])('that ends with %s says what Segment makes of it', async (_, act, line) => {
    expect((await told(act)).text).toMatch(line)
  })

  it('that gets no answer in time ends all the same', async () => {
    const { account } = await told(() => undefined, 200)
    expect(account).toMatchObject({ response: null, outcome: { class: 'timeout' }, segment: { does: 'retry' } })
  })

  it('reads only the beginning of a body without an end', async () => {
    const { account, text } = await told((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n')
      socket.write('a'.repeat(200_000))
    })
    expect(account.response).toMatchObject({ cut: true, body: 'a'.repeat(65_536) })
    expect(text).toContain('… the rest of the body was not read')
  })

  it('lets nothing of the endpoint act on the terminal', async () => {
    const hostile = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202egnp.exe\u001b]52;c;aGk=\u0007'
    const { text, account } = await told(
      reply(`${hostile}\r${hostile}`, `HTTP/1.1 200 O\u0080K\r\nX-A: \u0085${'x'.repeat(9000)}`),
    )
    expect(account.response?.status).toBe(200)
    expect(text).toContain('\\x1b]0;owned\\x07')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(5000)
  })

  it('shows no secret, also when the endpoint says it again', async () => {
    const echo = `{"plain":"${SECRET}","basic":"Basic ${BASIC}","spelt":"\\u006b3y-of-a-customer"}`
    const { server, account, text } = await told(reply(echo, `HTTP/1.1 401 ${SECRET}\r\nX-Echo: ${BASIC}`))
    expect(server.received[0]).toContain(`Basic ${BASIC}`)
    expect(text).toContain('Authorization: Basic [secret]')
    for (const shown of [text, JSON.stringify(account)]) {
      expect(shown).not.toContain(SECRET)
      expect(shown).not.toContain(BASIC)
    }
  })
})
