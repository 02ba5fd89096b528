import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from 'vitest'
import { LeanSocket } from '../../src/adapters/lean-socket.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function connected(): Promise<{ near: LeanSocket; far: Socket }> {
  const server = createServer().listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  const near = new LeanSocket()
  near.connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [[far]] = await Promise.all([once(server, 'connection'), once(near, 'connect')])
  return { near, far }
}

function send(socket: LeanSocket, head: string, body: Uint8Array): void {
  socket.cork()
  socket.write(head, 'latin1')
  socket.write(body)
  socket.uncork()
}

const bodyOf = (length: number, byte: number): Buffer => Buffer.alloc(length, byte)

describe('what is written', () => {
  test('corked, a head and its body reach the system as one piece', async () => {
    const { near, far } = await connected()
    const pieces: number[] = []
    const write = near._write.bind(near)
    near._write = (chunk, encoding, done) => {
      pieces.push(chunk.length)
      write(chunk, encoding, done)
    }
    send(near, 'head', bodyOf(1000, 1))
    near.end()
    expect((await buffer(far)).length).toBe(1004)
    expect(pieces).toEqual([1004])
  })

  test('arrives whole and in order although nobody reads for a while', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, connected))
    const sent = all.map(() => [] as Buffer[])
    for (let round = 0; round < 60; round++) {
      for (const [i, { near }] of all.entries()) {
        const body = bodyOf(50_000 + round, 10 * i + (round % 10))
        send(near, `é${round};`, body)
        sent[i]!.push(Buffer.from(`é${round};`, 'latin1'), body)
      }
    }
    for (const { near } of all) near.end()
    const arrived = await Promise.all(all.map(({ far }) => buffer(far)))
    for (const [i, bytes] of arrived.entries()) expect(bytes.equals(Buffer.concat(sent[i]!))).toBe(true)
  })

  test('arrives whole where it is longer than the room for joining', async () => {
    const { near, far } = await connected()
    send(near, 'head', bodyOf(300_000, 7))
    near.end()
    expect((await buffer(far)).equals(Buffer.concat([Buffer.from('head'), bodyOf(300_000, 7)]))).toBe(true)
  })

  test('keeps its letters where they are not Latin-1', async () => {
    const { near, far } = await connected()
    near.cork()
    near.write('☂', 'utf8')
    near.write('é', 'latin1')
    near.uncork()
    near.end()
    expect([...(await buffer(far))]).toEqual([0xe2, 0x98, 0x82, 0xe9])
  })
})

describe('what arrives', () => {
  test('is handed over to whoever reads when told that there is something', async () => {
    const { near, far } = await connected()
    const read: Buffer[] = []
    near.on('readable', () => {
      for (let chunk = near.read(); chunk !== null; chunk = near.read()) read.push(chunk)
    })
    far.write('one')
    await once(near, 'readable')
    far.end('two')
    await once(near, 'end')
    expect(Buffer.concat(read).toString()).toBe('onetwo')
  })

  test('waits for whoever reads later, and keeps its order', async () => {
    const { near, far } = await connected()
    const sent = bodyOf(300_000, 3)
    for (let i = 0; i < sent.length; i += 4) sent.writeUInt32LE(i, i)
    near.once('readable', () => {})
    far.end(sent)
    await once(near, 'readable')
    const read: Buffer[] = []
    for await (const chunk of near) read.push(chunk)
    expect(Buffer.concat(read).equals(sent)).toBe(true)
  })
})
