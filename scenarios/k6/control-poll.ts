import http from 'k6/http'

const PERIOD_MS = 200
const TIMEOUT_MS = 2000
/** k6's code for a request that met silence. Somebody holds the port then, and stands still: one that is gone refuses at once. */
const SILENCE = 1050
const FAILURES_MAX = 2

export interface ControlActs {
  /** Start nothing more. */
  readonly stop: (reason: string) => void
  /** End now. */
  readonly abort: (reason: string) => void
}

/** Asks the parent a few times a second whether to go on. One that refuses is gone, and nobody wants what it began. */
export class ControlPoll {
  readonly #url: string
  readonly #acts: ControlActs
  readonly #interval: ReturnType<typeof setInterval>
  #asking = false
  #failures = 0

  constructor(url: string, acts: ControlActs) {
    this.#url = url
    this.#acts = acts
    this.#interval = setInterval(() => this.#ask(), PERIOD_MS)
  }

  close(): void {
    clearInterval(this.#interval)
  }

  #ask(): void {
    if (this.#asking) return
    this.#asking = true
    const answered = http.asyncRequest('GET', this.#url, null, { timeout: TIMEOUT_MS, redirects: 0 })
    answered.then(({ status, body, error_code: code }) => {
      this.#asking = false
      if (code !== SILENCE) this.#obey(status, String(body))
    })
  }

  #obey(status: number, text: string): void {
    const [word] = text.split(' ', 1)
    if (status !== 200) this.#failed()
    else {
      this.#failures = 0
      if (word === 'stop') this.#acts.stop(text.slice('stop '.length))
      if (word === 'abort') this.#acts.abort(text.slice('abort '.length))
    }
  }

  #failed(): void {
    if (++this.#failures === FAILURES_MAX) this.#acts.abort('squall is gone')
  }
}
