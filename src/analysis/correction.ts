import type { CorrectionFacts } from '../model/audit.ts'
import type { Receipt } from '../model/receipt.ts'
import { instantMs } from './audit-instant.ts'

/** Times of a store are rounded, each by itself. */
const ROUNDING_MS = 2

/**
 * Event times that a receiver corrects by the sender's clock: stored is the event's own time and the time of its way, receivedAt − sentAt. Where a
 * record carries those as well, its time must be what follows from them, however the two clocks stand to each other.
 */
export class Correction {
  readonly #allowedMs: number
  #shiftMinMs = Number.POSITIVE_INFINITY
  #shiftMaxMs = Number.NEGATIVE_INFINITY
  #told = 0
  #wrong = 0

  /** @param allowedMs the longest way that there can have been */
  constructor(allowedMs: number) {
    this.#allowedMs = allowedMs
  }

  /** @returns whether the record contradicts itself */
  take(expectedMs: number, receipt: Receipt, storedMs: number): boolean {
    if (Number.isNaN(storedMs)) return false
    this.#shiftMinMs = Math.min(this.#shiftMinMs, storedMs - expectedMs)
    this.#shiftMaxMs = Math.max(this.#shiftMaxMs, storedMs - expectedMs)
    const followsMs = correctedMs(expectedMs, receipt)
    if (followsMs === undefined) return false
    this.#told++
    const isWrong = Math.abs(storedMs - followsMs) > ROUNDING_MS
    if (isWrong) this.#wrong++
    return isWrong
  }

  facts(): CorrectionFacts {
    const [shiftMinMs, shiftMaxMs] = [this.#shiftMinMs, this.#shiftMaxMs].map((ms) => (Number.isFinite(ms) ? ms : null))
    return {
      allowedMs: this.#allowedMs,
      shiftMinMs: shiftMinMs!,
      shiftMaxMs: shiftMaxMs!,
      told: this.#told,
      wrong: this.#wrong,
    }
  }
}

/** Undefined where the record does not tell, or keeps the event's own time no better than to the second. */
function correctedMs(expectedMs: number, { receivedAt, body }: Receipt): number | undefined {
  const event = objectOf(body)
  const receivedMs = instantMs(receivedAt ?? event.receivedAt)
  const ms = receivedMs - (instantMs(event.sentAt) - instantMs(event.originalTimestamp))
  const isExact = Math.abs(instantMs(event.originalTimestamp) - expectedMs) < ROUNDING_MS
  return isExact && !Number.isNaN(ms) ? ms : undefined
}

function objectOf(body: unknown): Readonly<Record<string, unknown>> {
  const value = typeof body === 'string' || body instanceof Uint8Array ? parsed(body) : body
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

function parsed(body: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}
