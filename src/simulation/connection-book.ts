import type { ConnectionStats } from '../model/world.ts'

/** What becomes of a connection after a request. */
export type ConnectionFate = 'stays' | 'ended by peer' | 'ended by us' | 'never opened'

/** Keeps count of connections that are never made: a free one is used again, else one is opened. */
export class ConnectionBook implements ConnectionStats {
  readonly httpVersion = '1.1'
  readonly tls = null
  opened = 0
  reused = 0
  closedByPeer = 0
  max = 0
  #free = 0
  #busy = 0

  /** @returns whether an open connection could be used */
  take(): boolean {
    this.#busy++
    if (this.#free > 0) {
      this.#free--
      this.reused++
      return true
    }
    this.opened++
    this.max = Math.max(this.max, this.#busy)
    return false
  }

  release(fate: ConnectionFate): void {
    this.#busy--
    if (fate === 'stays') this.#free++
    if (fate === 'ended by peer') this.closedByPeer++
    if (fate === 'never opened') this.#lose()
  }

  /** Nobody listens, so the free connections are gone as well. */
  #lose(): void {
    this.opened--
    this.closedByPeer += this.#free
    this.#free = 0
  }
}
