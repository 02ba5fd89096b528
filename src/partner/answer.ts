/** What a receiver answers to one request, and how the answer behaves on the wire. */
export interface Answer {
  readonly status: number
  /** Name and value in turn, names in lower case. */
  readonly headers: readonly string[]
  readonly body: string
  /** How long the answer is held back, in milliseconds, counted from when the request was handled. */
  readonly delayMs: number
  /** `hang`: nothing is ever said · `reset`: the connection is reset instead · `malformed`: what is said is not HTTP. */
  readonly wire: 'answer' | 'hang' | 'reset' | 'malformed'
  /** How long the body takes once the head has gone, in milliseconds. Absent: no time. */
  readonly bodyMs?: number
  /** What the status line says after the status, possibly nothing. Absent: what is usual. */
  readonly reason?: string
  /** Absent: HTTP/1.1. Said in 1.0 it ends with its connection. */
  readonly version?: '1.0'
  /** A 103 goes before it, where its version knows any. */
  readonly hinted?: true
}

export const OK: Answer = { status: 200, headers: [], body: '', delayMs: 0, wire: 'answer' }
export const HANG: Answer = { ...OK, wire: 'hang' }
export const RESET: Answer = { ...OK, wire: 'reset' }
export const MALFORMED: Answer = { ...OK, wire: 'malformed' }

/** An answer that says why in the form that the sender shows to its users: `{"message": …}`. */
export function problem(status: number, message: string, headers: readonly string[] = []): Answer {
  return {
    ...OK,
    status,
    headers: ['content-type', 'application/json', ...headers],
    body: JSON.stringify({ message }),
  }
}

/** Whether its connection ends with it. */
export function isLast(answer: Answer): boolean {
  return answer.version === '1.0' || headerOf(answer, 'connection') === 'close'
}

/** Value of the answer's header, empty if it has none. */
export function headerOf(answer: Answer, name: string): string {
  for (let i = 0; i + 1 < answer.headers.length; i += 2) {
    if (answer.headers[i] === name) return answer.headers[i + 1] ?? ''
  }
  return ''
}
