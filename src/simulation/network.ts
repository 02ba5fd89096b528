import { hash32 } from '../model/hash.ts'
import { classOfStatus, type Outcome, type OutcomeClass } from '../model/outcome.ts'
import type { Attempt, Clock, ConnectionStats, OutgoingRequest, Transport } from '../model/world.ts'
import { accountOf } from '../partner/account.ts'
import { type Answer, headerOf, isLast } from '../partner/answer.ts'
import { ConnectionBook, type ConnectionFate } from './connection-book.ts'
import type { ArrivedRequest, SimulatedReceiver } from './simulated-receiver.ts'

export interface NetworkOptions {
  readonly clock: Clock
  readonly partner: SimulatedReceiver
  readonly seed: number
  /** Of one way. */
  readonly latency?: Latency
  /** Whether nobody listens at this moment of the clock: connections are refused. */
  readonly down?: (atMs: number) => boolean
}

/** Log-normal, nearly: two of three draws lie between median ÷ e^sigma and median × e^sigma. */
export interface Latency {
  readonly medianMs: number
  readonly sigma: number
}

const LOOPBACK: Latency = { medianMs: 0.2, sigma: 0.5 }

/** A network between a sender and a simulated partner, in virtual time: the same seed, the same run. */
export function simulatedTransport(options: NetworkOptions): Transport {
  return new SimulatedTransport(options)
}

class SimulatedTransport implements Transport {
  readonly clock: Clock
  readonly partner: SimulatedReceiver
  readonly connections: ConnectionBook = new ConnectionBook()
  readonly #seed: number
  /** `wayMs` of every sum. */
  readonly #wayMs: Float64Array
  readonly #down: (atMs: number) => boolean
  #sent = 0
  #headers: readonly string[] = []
  #sender: Sender = { account: '', signature: undefined, basicUser: undefined }

  constructor({ clock, partner, seed, latency = LOOPBACK, down = () => false }: NetworkOptions) {
    this.clock = clock
    this.partner = partner
    this.#seed = seed
    this.#wayMs = Float64Array.from({ length: SUM_MAX + 1 }, (_, sum) => wayMs(latency, sum))
    this.#down = down
  }

  get stats(): ConnectionStats {
    return this.connections
  }

  send(request: OutgoingRequest, done: (outcome: Outcome) => void): Attempt {
    const number = this.#sent++
    const thereMs = this.#drawMs(number, 0)
    const crossing = new Crossing(this, request, done, thereMs, this.#drawMs(number, 1))
    this.clock.at(this.clock.nowMs() + thereMs, () => crossing.arrive())
    return crossing
  }

  async close(): Promise<void> {}

  /** Nobody listens. */
  refuses(): boolean {
    return this.#down(this.clock.nowMs())
  }

  /** Who does not sign gives every request the same headers: they are looked at once. */
  senderOf(headers: readonly string[]): Sender {
    if (headers !== this.#headers) {
      this.#headers = headers
      const authorization = headerValue(headers, 'authorization') ?? ''
      this.#sender = {
        account: accountOf(authorization),
        signature: headerValue(headers, 'x-signature'),
        basicUser: basicUserOf(authorization),
      }
    }
    return this.#sender
  }

  #drawMs(number: number, way: number): number {
    const bits = hash32(this.#seed, number, way)
    const sum = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24)
    return this.#wayMs[sum]!
  }
}

type Sender = Pick<ArrivedRequest, 'account' | 'signature' | 'basicUser'>

function basicUserOf(authorization: string): string | undefined {
  const [, encoded] = /^Basic (\S+)$/.exec(authorization) ?? []
  return encoded === undefined ? undefined : atob(encoded).split(':', 1)[0]
}

function headerValue(headers: readonly string[], name: string): string | undefined {
  const at = headers.findIndex((header, i) => i % 2 === 0 && header.toLowerCase() === name)
  return at < 0 ? undefined : headers[at + 1]
}

/** How long a way takes whose four random bytes add up to `sum`. */
function wayMs({ medianMs, sigma }: Latency, sum: number): number {
  return medianMs * Math.exp((sigma * (sum - MEAN_OF_SUM)) / DEVIATION_OF_SUM)
}

/** Four bytes added up are nearly normal. */
const SUM_MAX = 1020
const MEAN_OF_SUM = 510
const DEVIATION_OF_SUM = 147.8

/** One request on its way to the partner and back. */
class Crossing implements Attempt {
  readonly #network: SimulatedTransport
  readonly #request: OutgoingRequest
  readonly #backMs: number
  readonly #connectMs: number
  #done: ((outcome: Outcome) => void) | undefined

  constructor(
    network: SimulatedTransport,
    request: OutgoingRequest,
    done: (outcome: Outcome) => void,
    thereMs: number,
    backMs: number,
  ) {
    this.#network = network
    this.#request = request
    this.#done = done
    this.#backMs = backMs
    this.#connectMs = network.connections.take() ? -1 : thereMs
  }

  /** The request comes to the partner, whether or not its sender still waits: what has left cannot be called back. */
  arrive(): void {
    if (this.#network.refuses()) {
      this.#break('refused', false, 'nobody listens')
      return
    }
    const { clock, partner } = this.#network
    const { method, path = '', body, headers, loseAnswer } = this.#request
    const { account, signature, basicUser } = this.#network.senderOf(headers)
    const receivedAtMs = Math.floor(clock.wallMs())
    const answer = partner.receive({ method, path, body, receivedAtMs, account, signature, basicUser })
    if (loseAnswer) {
      this.#lose()
      return
    }
    if (answer.wire === 'hang') return
    const { lives } = partner
    clock.at(clock.nowMs() + answer.delayMs + this.#backMs, () => this.#return(answer, partner.lives === lives))
  }

  abort(): Outcome {
    const outcome = this.#outcome('timeout', true, 'no answer in time')
    this.#finish('ended by us')
    return outcome
  }

  /** A partner that has died since never said what it was about to say. */
  #return(answer: Answer, alive: boolean): void {
    if (answer.wire === 'reset' || !alive) this.#break('reset', true, 'the connection was reset')
    else if (answer.wire === 'malformed') this.#break('malformed', true, 'the answer is not HTTP')
    else if (answer.bodyMs)
      this.#network.clock.at(this.#network.clock.nowMs() + answer.bodyMs, () => this.#answer(answer))
    else this.#answer(answer)
  }

  /** Its body is here as well. */
  #answer(answer: Answer): void {
    const rateLimitReset = headerOf(answer, 'x-ratelimit-reset')
    const outcome = {
      class: classOfStatus(answer.status),
      status: answer.status,
      ambiguous: false,
      connectMs: this.#connectMs,
      retryAfter: headerOf(answer, 'retry-after'),
      // As on real connections: of what was taken nobody keeps the text.
      detail: answer.status < 300 ? '' : answer.body,
    }
    const done = this.#finish(isLast(answer) ? 'ended by peer' : 'stays')
    done?.(rateLimitReset === '' ? outcome : { ...outcome, rateLimitReset })
  }

  /** The sender hangs up as soon as its request is there. */
  #lose(): void {
    const outcome = { ...this.#outcome('local', true, ''), answerLost: true as const }
    this.#finish('ended by us')?.(outcome)
  }

  #break(kind: 'refused' | 'reset' | 'malformed', ambiguous: boolean, detail: string): void {
    const outcome = this.#outcome(kind, ambiguous, detail)
    this.#finish(this.#fateBy(kind))?.(outcome)
  }

  #fateBy(kind: 'refused' | 'reset' | 'malformed'): ConnectionFate {
    if (kind === 'malformed') return 'ended by us'
    return kind === 'refused' && this.#connectMs >= 0 ? 'never opened' : 'ended by peer'
  }

  #outcome(kind: OutcomeClass, ambiguous: boolean, detail: string): Outcome {
    return { class: kind, status: 0, ambiguous, connectMs: this.#connectMs, retryAfter: '', detail }
  }

  /** @returns whom to tell: nobody the second time */
  #finish(fate: ConnectionFate): ((outcome: Outcome) => void) | undefined {
    const done = this.#done
    this.#done = undefined
    if (done) this.#network.connections.release(fate)
    return done
  }
}
