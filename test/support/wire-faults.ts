import type { Socket } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { OutcomeClass } from '../../src/model/outcome.ts'

/** What a server does to a request that has come whole, and what the attempt must then be called. */
export interface WireFault {
  readonly name: string
  readonly outcome: OutcomeClass
  readonly status: number
  /** The event may be stored. */
  readonly ambiguous: boolean
  readonly act: (socket: Socket) => void
}

const STATUS_OK = 'HTTP/1.1 200 OK\r\n'
const OK = `${STATUS_OK}Content-Length: 0\r\n\r\n`
const TRICKLE_MS = 300
const TEN_GB = 10 * 2 ** 30
const MANY_HINTS = 'HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n'.repeat(200)

const BOMB_BYTES = 20 * 2 ** 20
const GZIP_BOMB = gzipSync(Buffer.alloc(BOMB_BYTES), { level: 9 })
const BROTLI_BOMB = brotliCompressSync(Buffer.alloc(BOMB_BYTES))
const CHUNK_16_KB = `4000\r\n${'x'.repeat(16_384)}\r\n`

type Named = Omit<WireFault, 'name' | 'act'>
const BROKEN: Named = { outcome: 'reset', status: 0, ambiguous: true }
const SLOW: Named = { outcome: 'timeout', status: 0, ambiguous: true }
const MALFORMED: Named = { outcome: 'malformed', status: 0, ambiguous: true }
const ACCEPTED: Named = { outcome: '2xx', status: 200, ambiguous: false }
/** Sound, or nearly: our client cannot take it, and the partner is not to blame. */
const OUR_LIMIT: Named = { outcome: 'local', status: 0, ambiguous: true }

/** Every way in which an answer goes wrong on the wire, and the ways in which it only looks so. */
export const WIRE_FAULTS: readonly WireFault[] = [
  { name: 'reset before the head', ...BROKEN, act: (socket) => socket.resetAndDestroy() },
  {
    name: 'reset after the head',
    ...ACCEPTED,
    act: (socket) => thenReset(socket, `${STATUS_OK}Content-Length: 10\r\n\r\n`),
  },
  {
    name: 'reset in the body',
    ...ACCEPTED,
    act: (socket) => thenReset(socket, `${STATUS_OK}Content-Length: 10\r\n\r\nabc`),
  },
  { name: 'end before the head', ...BROKEN, act: (socket) => socket.end() },
  { name: 'end in the head', ...BROKEN, act: (socket) => socket.end('HTTP/1.1 200 OK\r\nConte') },
  { name: 'head byte by byte', ...SLOW, act: (socket) => trickle(socket, OK) },
  {
    name: 'body byte by byte',
    ...SLOW,
    act: (socket) => {
      socket.write(`${STATUS_OK}Content-Length: 100\r\n\r\n`)
      trickle(socket, 'x'.repeat(100))
    },
  },
  { name: 'no answer', ...SLOW, act: () => {} },
  {
    name: 'truncated Content-Length',
    ...ACCEPTED,
    act: (socket) => socket.end(`${STATUS_OK}Content-Length: 10\r\n\r\nabc`),
  },
  {
    name: 'truncated chunks',
    ...ACCEPTED,
    act: (socket) => socket.end(`${STATUS_OK}Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n5\r\nab`),
  },
  {
    name: 'endless chunks',
    ...ACCEPTED,
    act: (socket) => flood(socket, `${STATUS_OK}Transfer-Encoding: chunked\r\n\r\n`, CHUNK_16_KB),
  },
  {
    name: '10 GB Content-Length',
    ...ACCEPTED,
    act: (socket) => flood(socket, `${STATUS_OK}Content-Length: ${TEN_GB}\r\n\r\n`, 'x'.repeat(16_384)),
  },
  {
    name: '64 KB of an error',
    outcome: '5xx',
    status: 503,
    ambiguous: false,
    act: (socket) => socket.write(`HTTP/1.1 503 Busy\r\nContent-Length: 65536\r\n\r\n${'e'.repeat(65_536)}`),
  },
  {
    name: 'gzip bomb',
    outcome: '5xx',
    status: 500,
    ambiguous: false,
    act: (socket) => bomb(socket, 'gzip', GZIP_BOMB),
  },
  {
    name: 'brotli bomb',
    outcome: '5xx',
    status: 500,
    ambiguous: false,
    act: (socket) => bomb(socket, 'br', BROTLI_BOMB),
  },
  {
    name: 'malformed status line',
    ...MALFORMED,
    act: (socket) => socket.write('HTTP/1.1 OK 200\r\nContent-Length: 0\r\n\r\n'),
  },
  { name: 'another protocol', ...MALFORMED, act: (socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\n\r\n') },
  { name: 'NUL bytes', ...MALFORMED, act: (socket) => socket.write(Buffer.alloc(512)) },
  {
    name: 'binary garbage',
    ...MALFORMED,
    act: (socket) => socket.write(Buffer.from(Array.from({ length: 512 }, (_, i) => (i * 167 + 129) & 255))),
  },
  {
    name: 'NUL in a header',
    ...MALFORMED,
    act: (socket) => socket.write(`${STATUS_OK}X-A: a\0b\r\nContent-Length: 0\r\n\r\n`),
  },
  {
    name: 'headers of 80 KB',
    ...MALFORMED,
    act: (socket) => socket.write(`${STATUS_OK}X-A: ${'a'.repeat(80_000)}\r\nContent-Length: 0\r\n\r\n`),
  },
  {
    name: 'Content-Length and chunks',
    ...MALFORMED,
    act: (socket) => socket.write(`${STATUS_OK}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`),
  },
  {
    name: 'two Content-Lengths',
    ...MALFORMED,
    act: (socket) => socket.write(`${STATUS_OK}Content-Length: 0\r\nContent-Length: 5\r\n\r\n`),
  },
  {
    name: 'second answer in the same packet',
    ...ACCEPTED,
    act: (socket) => socket.write(`${OK}HTTP/1.1 500 Poison\r\nContent-Length: 0\r\n\r\n`),
  },
  { name: 'flood of hints without an answer', ...SLOW, act: (socket) => floodOfHints(socket) },
  {
    name: 'unasked 101',
    ...MALFORMED,
    act: (socket) =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
  },
  {
    name: 'early 413',
    outcome: '4xx',
    status: 413,
    ambiguous: false,
    act: (socket) => socket.end('HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'),
  },
  { name: 'flood of hints before the answer', ...ACCEPTED, act: (socket) => socket.write(MANY_HINTS + OK) },
  { name: 'unasked 100 Continue', ...OUR_LIMIT, act: (socket) => socket.write(`HTTP/1.1 100 Continue\r\n\r\n${OK}`) },
  { name: 'bare line feeds', ...OUR_LIMIT, act: (socket) => socket.write('HTTP/1.1 200 OK\nContent-Length: 0\n\n') },
  {
    name: '102 and 103 before the answer',
    ...ACCEPTED,
    act: (socket) => socket.write(`HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${OK}`),
  },
  { name: 'HTTP/1.0', ...ACCEPTED, act: (socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nuntil the end') },
  {
    name: 'chunk extensions and trailers',
    ...ACCEPTED,
    act: (socket) =>
      socket.write(`${STATUS_OK}Transfer-Encoding: chunked\r\n\r\n2;a="b"\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n`),
  },
  {
    name: 'odd reason and UTF-8 headers',
    outcome: '2xx',
    status: 299,
    ambiguous: false,
    act: (socket) => socket.write(Buffer.from('HTTP/1.1 299 Größe ✓\r\nX-Size: naïve ✓\r\nContent-Length: 0\r\n\r\n')),
  },
  {
    name: 'headers of 40 KB',
    ...ACCEPTED,
    act: (socket) => socket.write(`${STATUS_OK}X-A: ${'a'.repeat(40_000)}\r\nContent-Length: 0\r\n\r\n`),
  },
  {
    name: '204 with a body',
    outcome: '2xx',
    status: 204,
    ambiguous: false,
    act: (socket) => socket.write('HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok'),
  },
]

function bomb(socket: Socket, encoding: string, bytes: Buffer): void {
  socket.write(`HTTP/1.1 500 Bomb\r\nContent-Encoding: ${encoding}\r\nContent-Length: ${bytes.length}\r\n\r\n`)
  socket.write(bytes)
}

/** The reset comes after what was written has left. */
function thenReset(socket: Socket, text: string): void {
  socket.write(text, () => setImmediate(() => socket.resetAndDestroy()))
}

function trickle(socket: Socket, text: string): void {
  let sent = 0
  const timer = setInterval(() => socket.write(text.charAt(sent++)), TRICKLE_MS)
  socket.once('close', () => clearInterval(timer))
}

/** As much as the other side takes, until it closes. */
function flood(socket: Socket, head: string, piece: string): void {
  const more = (): void => {
    while (socket.writable && socket.write(piece));
  }
  socket.on('drain', more)
  socket.write(head)
  more()
}

function floodOfHints(socket: Socket): void {
  const timer = setInterval(() => socket.write(MANY_HINTS), 20)
  socket.once('close', () => clearInterval(timer))
}
