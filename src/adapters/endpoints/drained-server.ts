import { once } from 'node:events'
import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http'
import type { Server as TlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Answer } from '../../partner/answer.ts'
import { PartnerError } from './partner-error.ts'
import { writeAnswer } from './write-answer.ts'

export type Route = (request: IncomingMessage, response: ServerResponse) => void

/** Idle connections outlive any stall of a sender; a head that does not come in ten seconds never will. */
export const SERVER_LIMITS: ServerOptions = { keepAliveTimeout: 65_000, headersTimeout: 10_000, noDelay: true }

const HEADERS_MAX = 100
const DRAIN_MS_MAX = 10_000

/** An HTTP server that stops in good order: takes no more connections, and answers what is under way. */
export class DrainedServer {
  readonly #server: Server | TlsServer
  readonly #scheme: 'http' | 'https'
  #underWay = 0
  #closing: (() => void) | undefined

  constructor(server: Server | TlsServer, scheme: 'http' | 'https') {
    this.#server = server
    this.#scheme = scheme
    this.#server.maxHeadersCount = HEADERS_MAX
  }

  /** @returns its URL @throws PartnerError */
  async listen(port: number, host: string): Promise<string> {
    try {
      await once(this.#server.listen(port, host), 'listening')
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new PartnerError(`cannot listen on ${host}:${port} (${reason}): choose another port, or 0 for any free one`)
    }
    const { address, port: bound } = this.#server.address() as AddressInfo
    return `${this.#scheme}://${address.includes(':') ? `[${address}]` : address}:${bound}/`
  }

  /** Lets what is under way end, for ten seconds at most. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close')
    const drained = new Promise<void>((resolve) => {
      this.#closing = resolve
    })
    this.#server.close()
    const deadline = setTimeout(() => this.#closing?.(), DRAIN_MS_MAX)
    if (this.#underWay > 0) await drained
    clearTimeout(deadline)
    this.#server.closeAllConnections()
    await closed
  }

  /** What will be answered: to be called as soon as that is known. */
  expect(answer: Answer, response: ServerResponse): void {
    if (answer.wire === 'hang') return
    this.#underWay++
    response.once('close', () => this.#ended())
  }

  /** Says it when its time has come. */
  say(answer: Answer, response: ServerResponse): void {
    if (answer.delayMs > 0) setTimeout(() => this.#write(answer, response), answer.delayMs).unref()
    else this.#write(answer, response)
  }

  #write(answer: Answer, response: ServerResponse): void {
    if (this.#closing) response.shouldKeepAlive = false
    writeAnswer(response, answer)
  }

  #ended(): void {
    this.#underWay--
    if (this.#underWay === 0) this.#closing?.()
  }
}
