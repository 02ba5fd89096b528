import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

const ROLE = 'squall null server'
const ANSWER = 'HTTP/1.1 204 No Content\r\n\r\n'

export interface NullServer {
  readonly url: string
  close(): Promise<void>
}

/** A server on loopback, in a thread of its own, that reads each request whole and answers 204: something to warm up against. */
export async function startNullServer(): Promise<NullServer> {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: ROLE })
  const [port] = await once(worker, 'message')
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      await worker.terminate()
    },
  }
}

if (!isMainThread && workerData === ROLE) {
  const server = createServer({ noDelay: true }, answerRequests)
  server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port))
}

/** Counts bytes: a head with its Content-Length, then so many more. Only squall itself talks to it. */
function answerRequests(socket: Socket): void {
  let pending = Buffer.alloc(0)
  let bodyLeft = 0
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    for (;;) {
      if (bodyLeft > 0) {
        if (pending.length < bodyLeft) return
        pending = pending.subarray(bodyLeft)
        bodyLeft = 0
        socket.write(ANSWER)
      }
      const headEnd = pending.indexOf('\r\n\r\n')
      if (headEnd < 0) return
      bodyLeft = Number(/content-length: (\d+)/i.exec(pending.toString('latin1', 0, headEnd))?.[1] ?? 0)
      pending = pending.subarray(headEnd + 4)
      if (bodyLeft === 0) socket.write(ANSWER)
    }
  })
}
