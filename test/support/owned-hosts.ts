import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { AddressClass } from '../../src/adapters/safety/address-class.ts'
import type { Names } from '../../src/adapters/safety/names.ts'

/** Loopback addresses that play the parts of others: connections to them never leave this machine, and the guard takes them for what they play. */
export const PLAYED: Readonly<Record<Exclude<AddressClass, 'loopback'>, string>> = {
  public: '127.0.1.1',
  private: '127.0.1.2',
  never: '127.0.1.3',
}

/** Names as a test wants them; both records may be changed while they are in use. */
export function playedNames(
  addresses: Readonly<Record<string, readonly string[]>>,
  texts: Readonly<Record<string, readonly string[]>> = {},
): Names {
  const parts = Object.entries(PLAYED) as [AddressClass, string][]
  return {
    addressesOf: async (host) => addresses[host] ?? [],
    textsOf: async (name) => texts[name] ?? [],
    classOf: (address) => parts.find(([, played]) => played === address)?.[0] ?? 'loopback',
  }
}

/** A host that counts who comes and keeps what they say. */
export interface WatchedHost {
  readonly port: number
  readonly connections: () => number
  readonly heard: () => string
  close(): Promise<void>
}

/** @param answer what it does with the first bytes of a connection; nothing unless given */
export async function watchedHost(
  address: string,
  answer: (socket: Socket) => void = () => undefined,
  port = 0,
): Promise<WatchedHost> {
  const sockets = new Set<Socket>()
  let connections = 0
  let heard = ''
  const server = createServer((socket) => {
    connections++
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => answer(socket))
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1')
    })
  })
  server.listen(port, address)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    heard: () => heard,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
